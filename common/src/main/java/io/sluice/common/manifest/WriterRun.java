package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Who wrote a manifest.
 *
 * @param application the configured name of the writer
 * @param writerId the host and process that ran it
 * @param attempt unique to one run of the writer: it tells a writer's own manifest from its rival's
 */
public record WriterRun(String application, String writerId, String attempt)
    implements Serializable {
  public WriterRun {
    requireNonNull(application, "application");
    requireNonNull(writerId, "writerId");
    requireNonNull(attempt, "attempt");
  }
}
