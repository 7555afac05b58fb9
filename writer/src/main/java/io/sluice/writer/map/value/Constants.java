package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import java.nio.charset.StandardCharsets;

/** Values that stand in the settings, checked when they are read as records' values are later. */
final class Constants {
  private Constants() {}

  /** Refuses a text that the column cannot hold, with IllegalArgumentException; null is none. */
  static void require(
      String text, ColumnType type, TimeForm timeForm, BinaryForm binaryForm, String setting) {
    if (text == null) {
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ColumnPlan column =
        new ColumnPlan(
            new ColumnMapping("c", type, "", null, null, false, null, timeForm, binaryForm),
            -1,
            null);
    try {
      ValueWriter values = new ValueWriter(Shortcuts.LEFT);
      if (type.kind() == ColumnType.Kind.SUPER) {
        JavaDocuments.requireOneValue(bytes);
        values.document(bytes, 0, bytes.length, Nowhere.INSTANCE);
      } else {
        Token token = new Token().set(Kind.TEXT, bytes, 0, bytes.length);
        ValueWriter.refuseNul(token);
        values.write(token, column, Nowhere.INSTANCE);
      }
    } catch (RejectException e) {
      throw new IllegalArgumentException(setting + " = " + text + ": " + e.getMessage(), e);
    }
  }

  /** Takes values and forgets them. */
  private enum Nowhere implements RowEncoder {
    INSTANCE;

    @Override
    public void nullValue() {}

    @Override
    public void bool(boolean value) {}

    @Override
    public void number(long value) {}

    @Override
    public void number(byte[] ascii, int from, int to) {}

    @Override
    public void date(long epochDay) {}

    @Override
    public void timestamp(long epochMicros) {}

    @Override
    public void text(byte[] utf8, int from, int to) {}

    @Override
    public void json(byte[] utf8, int from, int to) {}

    @Override
    public void bytes(byte[] data, int from, int to) {}

    @Override
    public void line(byte[] utf8, int from, int to) {}
  }
}
