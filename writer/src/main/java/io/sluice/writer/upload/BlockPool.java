package io.sluice.writer.upload;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Byte arrays of one size that are used again and again, so that a long interval needs no more of
 * them than a short one. Who takes one bounds how many are out; those that lie idle are bounded
 * here. Safe for use by several threads.
 */
public final class BlockPool {
  private final int blockBytes;
  private final int mostIdle;
  private final ConcurrentLinkedDeque<byte[]> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private final AtomicInteger out = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  /** Blocks of {@code blockBytes}, of which at most {@code mostIdle} are kept for later. */
  public BlockPool(int blockBytes, int mostIdle) {
    this.blockBytes = blockBytes;
    this.mostIdle = mostIdle;
  }

  public int blockBytes() {
    return blockBytes;
  }

  /** A block with any content. */
  public byte[] take() {
    peak.accumulateAndGet(out.incrementAndGet(), Math::max);
    byte[] block = idle.pollFirst();
    if (block == null) {
      return new byte[blockBytes];
    }
    idleCount.decrementAndGet();
    return block;
  }

  /** Gives a block back that was taken. */
  public void give(byte[] block) {
    if (block.length != blockBytes) {
      throw new IllegalArgumentException(
          "a block of " + block.length + " bytes is not one of " + blockBytes);
    }
    out.decrementAndGet();
    if (idleCount.get() < mostIdle) {
      idleCount.incrementAndGet();
      idle.addFirst(block);
    }
  }

  /** Blocks that were taken and not given back. */
  public int out() {
    return out.get();
  }

  /** The most blocks that were out at once. */
  public int peak() {
    return peak.get();
  }
}
