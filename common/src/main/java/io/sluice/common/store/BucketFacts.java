package io.sluice.common.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a bucket tells of itself. Every method throws {@link ObjectStoreException}. Safe for use by
 * several threads.
 */
public interface BucketFacts {
  /** The region that the bucket is in; empty when the store does not say. */
  Optional<String> region();

  /** When an object that is there was written, by the store's own clock, to the second. */
  Instant writtenAt(String key);
}
