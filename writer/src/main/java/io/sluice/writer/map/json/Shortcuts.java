package io.sluice.writer.map.json;

/**
 * Whether plain cases are decided by their bytes. Without them everything goes the general way:
 * slower and with the same outcome, which tests compare.
 */
public enum Shortcuts {
  TAKEN,
  LEFT
}
