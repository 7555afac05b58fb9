/**
 * The third step of the writer's data path: the checked values of a row become its bytes in the
 * format of its table.
 */
package io.sluice.writer.encode;
