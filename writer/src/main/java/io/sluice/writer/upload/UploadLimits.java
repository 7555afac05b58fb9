package io.sluice.writer.upload;

import java.io.Serializable;

/**
 * How much is sent at once.
 *
 * @param threads requests at the same time, of all tasks of a JVM
 * @param memoryBytes the most that waits or is being sent, of all tasks of a JVM
 * @param partBytes the size of a part; what is smaller than two parts goes in one request
 * @param attempts how often a request is tried that fails for a passing reason
 */
public record UploadLimits(int threads, long memoryBytes, long partBytes, int attempts)
    implements Serializable {
  public UploadLimits {
    if (threads < 1 || attempts < 1) {
      throw new IllegalArgumentException("uploads need a thread and an attempt");
    }
    if (partBytes < 5L << 20 || partBytes > 512L << 20) {
      throw new IllegalArgumentException("a part of S3 has from 5 MiB; here up to 512 MiB");
    }
  }
}
