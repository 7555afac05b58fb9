/**
 * Third step of the data path: the one algorithm that loads batches exactly once, whoever asks for
 * it.
 */
package io.sluice.loader.load;
