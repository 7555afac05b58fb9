/**
 * Between planning and loading: what the batch folders hold of a batch, and the file list that COPY
 * is given.
 */
package io.sluice.loader.store;
