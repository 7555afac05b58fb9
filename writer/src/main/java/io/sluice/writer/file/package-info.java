/** The third step of the writer's data path: rows become finished, compressed data files in S3. */
package io.sluice.writer.file;
