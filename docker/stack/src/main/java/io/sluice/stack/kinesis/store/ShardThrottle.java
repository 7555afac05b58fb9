package io.sluice.stack.kinesis.store;

import java.time.Instant;

/**
 * The throughput of one shard: without limit, or as "Quotas and limits" of Kinesis states it: 1 MiB
 * and 1,000 records a second in, 2 MiB and 5 calls a second out. Not thread-safe: its shard's lock
 * guards it.
 */
interface ShardThrottle {
  /** Nothing is ever refused. */
  ShardThrottle UNLIMITED =
      new ShardThrottle() {
        @Override
        public boolean admitsPut(int bytes, Instant now) {
          return true;
        }

        @Override
        public boolean admitsRead(Instant now) {
          return true;
        }

        @Override
        public void hasRead(int bytes) {}
      };

  /** Whether a record of this size may come in now; if so, it is counted. */
  boolean admitsPut(int bytes, Instant now);

  /** Whether a read may begin now; if so, the call is counted. */
  boolean admitsRead(Instant now);

  /** Counts what a read has taken out. */
  void hasRead(int bytes);

  /** The limits of a real shard. */
  static ShardThrottle real(Instant now) {
    return new ShardThrottle() {
      private final TokenBucket putBytes = new TokenBucket(1 << 20, now);
      private final TokenBucket putRecords = new TokenBucket(1_000, now);
      private final TokenBucket readBytes = new TokenBucket(2 << 20, now);
      private final TokenBucket readCalls = new TokenBucket(5, now);

      @Override
      public boolean admitsPut(int bytes, Instant at) {
        if (!putBytes.has(bytes, at) || !putRecords.has(1, at)) {
          return false;
        }
        putBytes.take(bytes);
        putRecords.take(1);
        return true;
      }

      @Override
      public boolean admitsRead(Instant at) {
        if (!readBytes.has(1, at) || !readCalls.has(1, at)) {
          return false;
        }
        readCalls.take(1);
        return true;
      }

      @Override
      public void hasRead(int bytes) {
        readBytes.take(bytes);
      }
    };
  }
}
