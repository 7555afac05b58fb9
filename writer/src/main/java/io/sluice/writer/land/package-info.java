/**
 * The task of a batch interval: a slice of a shard is encoded, compressed and put to S3 in one go,
 * and only keys, counts and marks go back to the driver.
 */
package io.sluice.writer.land;
