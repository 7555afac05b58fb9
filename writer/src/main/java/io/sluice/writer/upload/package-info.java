/**
 * The last part of the way of rows to S3: the bytes of files gather in pooled blocks and are sent
 * by a bounded pool of threads, in one request or in parts, while the task goes on compressing.
 */
package io.sluice.writer.upload;
