package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.grammar.CopyOptions.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A file of UTF-16 as UTF-8. Source: ENCODING in "Data conversion parameters" of the Redshift
 * Database Developer Guide: UTF16 needs a byte order mark, the other two do not care.
 */
final class Utf16Stream extends InputStream {
  private final InputStream in;
  private final Encoding encoding;
  private final ByteBuffer packed = ByteBuffer.allocate(1 << 14).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 13).limit(0);
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private CharsetDecoder decoder;
  private boolean ended;

  Utf16Stream(InputStream in, Encoding encoding) {
    this.in = in;
    this.encoding = encoding;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(target, offset, length);
    while (out.position() == offset && length > 0) {
      CoderResult result = encoder.encode(chars, out, ended);
      if (result.isError()) {
        throw new EncodingException();
      }
      if (out.position() > offset) {
        break;
      }
      if (ended && !chars.hasRemaining()) {
        return -1;
      }
      if (result.isOverflow()) {
        throw new IOException("a buffer of " + length + " bytes takes no character");
      }
      decodeMore();
    }
    return out.position() - offset;
  }

  private void decodeMore() throws IOException {
    chars.compact();
    if (!ended) {
      packed.compact();
      int count = in.read(packed.array(), packed.position(), packed.remaining());
      packed.position(packed.position() + Math.max(0, count)).flip();
      ended = count < 0;
    }
    if (decoder == null && (ended || packed.remaining() >= 2)) {
      decoder = decoder();
    }
    if (decoder != null && decoder.decode(packed, chars, ended).isError()) {
      throw new EncodingException();
    }
    chars.flip();
  }

  /** Takes the mark away, if there is one. */
  private CharsetDecoder decoder() throws EncodingException {
    int mark = packed.remaining() < 2 ? 0 : packed.getShort(packed.position()) & 0xFFFF;
    boolean big = mark == 0xFEFF;
    boolean little = mark == 0xFFFE;
    boolean wrong =
        switch (encoding) {
          case UTF16LE -> big;
          case UTF16BE -> little;
          default -> !big && !little;
        };
    if (wrong && packed.hasRemaining()) {
      throw new EncodingException();
    }
    if (big || little) {
      packed.position(packed.position() + 2);
    }
    boolean bigEndian = big || encoding == Encoding.UTF16BE;
    return (bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE)
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
