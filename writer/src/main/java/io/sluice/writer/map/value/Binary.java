package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.json.Buffers;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.util.Arrays;
import java.util.Base64;

/** The bytes of varbyte columns, from the texts of records. For one thread. */
final class Binary {
  private byte[] buffer = new byte[256];

  /** Points the token at the bytes that its text stands for. */
  void decode(Token value, BinaryForm form, ColumnType type) throws RejectException {
    if (!value.isText()) {
      throw RejectException.of(
          RejectReason.WRONG_TYPE, Shown.value(value) + " is not a text for " + type);
    }
    switch (form) {
      case HEX -> hex(value, type);
      case BASE64 -> base64(value, type);
      case UTF_8 -> {
        // The text's own bytes.
      }
    }
  }

  private void hex(Token value, ColumnType type) throws RejectException {
    byte[] text = value.bytes();
    int length = value.length() / 2;
    buffer = Buffers.ofAtLeast(buffer, length);
    boolean valid = value.length() % 2 == 0;
    for (int i = 0; valid && i < length; i++) {
      int high = Character.digit(text[value.from() + 2 * i], 16);
      int low = Character.digit(text[value.from() + 2 * i + 1], 16);
      valid = (high | low) >= 0;
      buffer[i] = (byte) (high << 4 | low);
    }
    if (!valid) {
      throw RejectException.of(
          RejectReason.WRONG_TYPE, Shown.value(value) + " is not hexadecimal for " + type);
    }
    value.set(Kind.TEXT, buffer, 0, length);
  }

  private static void base64(Token value, ColumnType type) throws RejectException {
    byte[] decoded;
    try {
      decoded =
          Base64.getDecoder().decode(Arrays.copyOfRange(value.bytes(), value.from(), value.to()));
    } catch (IllegalArgumentException e) {
      throw RejectException.of(
          RejectReason.WRONG_TYPE, Shown.value(value) + " is not base64 for " + type);
    }
    value.set(Kind.TEXT, decoded, 0, decoded.length);
  }
}
