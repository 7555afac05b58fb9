package io.sluice.loader.operate.doctor;

import java.util.List;

/**
 * Looks at one thing. It may throw the exceptions of its boundary: {@link Doctor} makes a finding
 * of them.
 */
public interface Check {
  /** What it looks at, for a finding about its own failure. */
  String subject();

  /** What it finds, in the order in which people want to read it. */
  List<Finding> run();
}
