/** Whether everything is set up as it must be: one small check for each thing that can be wrong. */
package io.sluice.loader.operate.doctor;
