/** Looking at what could not load, and deciding what becomes of it. */
package io.sluice.loader.operate.quarantine;
