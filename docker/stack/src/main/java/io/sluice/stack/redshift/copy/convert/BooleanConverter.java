package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** BOOLEAN in the forms of "Boolean type" of the Redshift Database Developer Guide. */
final class BooleanConverter implements FieldConverter {
  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    String text =
        new String(field, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    switch (text) {
      case "t", "true", "y", "yes", "1" -> out.raw('t');
      case "f", "false", "n", "no", "0" -> out.raw('f');
      default -> throw LoadError.BOOLEAN.refusal();
    }
  }
}
