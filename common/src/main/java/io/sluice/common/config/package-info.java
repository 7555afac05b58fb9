/**
 * Settings: HOCON text becomes records of typed values, and every problem of a file is told at
 * once.
 */
package io.sluice.common.config;
