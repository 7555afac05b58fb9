package io.sluice.writer.map.value;

/** How a record writes the bytes of a varbyte column. */
public enum BinaryForm {
  /** Two hexadecimal digits a byte. */
  HEX,
  /** The basic alphabet of RFC 4648, its padding optional. */
  BASE64,
  /** The text's own bytes in UTF-8. */
  UTF_8
}
