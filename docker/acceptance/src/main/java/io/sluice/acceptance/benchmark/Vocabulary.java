package io.sluice.acceptance.benchmark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Words of which the n-th is drawn n times as rarely as the first, by Zipf's law. Thread-safe. */
final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SIZE = 5_000;
  private static final String CONSONANTS = "bcdfghklmnprstvw";
  private static final String VOWELS = "aeiou";

  private final String[] words = new String[SIZE];

  /** The chance that a word or one before it is drawn. */
  private final double[] cumulative = new double[SIZE];

  Vocabulary(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      words[i] = invent(random);
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    for (int i = 0; i < SIZE; i++) {
      cumulative[i] /= sum;
    }
  }

  String word(SplittableRandom random) {
    int found = Arrays.binarySearch(cumulative, random.nextDouble());
    return words[Math.min(SIZE - 1, found < 0 ? -found - 1 : found)];
  }

  private static String invent(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    int syllables = 1 + random.nextInt(4);
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.toString();
  }
}
