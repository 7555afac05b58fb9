package io.sluice.loader.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/**
 * The process's own output, which remembers why it could not be written: {@link System#out} says
 * only that, and an answer that ends in the middle of a full disk must not pass for whole.
 */
final class StandardOutput extends FilterOutputStream {
  /** A reader that has gone, as {@code head} when it has enough, and {@code >&-}. */
  private static final Set<String> UNREAD = Set.of("Broken pipe", "Bad file descriptor");

  private IOException failure;

  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  /** In the encoding of {@link System#out}. */
  PrintWriter writer() {
    String encoding = System.getProperty("stdout.encoding");
    Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
    return new PrintWriter(this, true, charset);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    try {
      out.write(octets, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Why something is missing of what was written, unless nobody was left to read it. */
  Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(IOException::getMessage)
        .filter(message -> !UNREAD.contains(message));
  }
}
