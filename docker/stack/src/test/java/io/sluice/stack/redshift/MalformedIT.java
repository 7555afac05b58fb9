package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.wire.BodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that speak another language, or stop in mid-sentence: no session of theirs stays. */
@Timeout(60)
class MalformedIT extends RedshiftServerCase {
  private static final int PROTOCOL_3 = 3 << 16;
  private static final int SSL_REQUEST = 80877103;

  static Stream<Arguments> greetings() {
    return Stream.of(
        arguments("nothing", new byte[0]),
        arguments("half a length", new byte[] {0, 0}),
        arguments("HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        arguments("a negative length", new BodyWriter().int32(-1).toBytes()),
        arguments("a giant length", new BodyWriter().int32(Integer.MAX_VALUE).toBytes()),
        arguments("no code", new BodyWriter().int32(4).toBytes()),
        arguments("protocol 2", new BodyWriter().int32(8).int32(2 << 16).toBytes()),
        arguments(
            "parameters without an end",
            packet(new BodyWriter().int32(PROTOCOL_3).cstring("user"))),
        arguments("a cancel without a key", new BodyWriter().int32(8).int32(80877102).toBytes()),
        arguments(
            "a cancel of nobody",
            new BodyWriter().int32(16).int32(80877102).int32(1).int32(2).toBytes()),
        arguments(
            "TLS in the clear",
            new BodyWriter().int32(8).int32(SSL_REQUEST).cstring("more").toBytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("greetings")
  void endsAGreetingThatIsNone(String what, byte[] bytes) throws Exception {
    int before = server().sessions();

    try (Socket socket = open()) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      drain(socket);
    }

    assertNothingIsLeft(before);
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        arguments("an unknown type", new byte[] {'?', 0, 0, 0, 4}),
        arguments("a giant length", new byte[] {'Q', 127, -1, -1, -1}),
        arguments("a negative length", new byte[] {'Q', -1, -1, -1, -1}),
        arguments("half a message", new byte[] {'Q', 0, 0, 1, 0, 'a'}),
        arguments("a query without an end", new byte[] {'Q', 0, 0, 0, 5, 'a'}),
        arguments("a Parse without a body", new byte[] {'P', 0, 0, 0, 4}),
        arguments("a Bind without a body", new byte[] {'B', 0, 0, 0, 4}),
        arguments("a Close of half a name", new byte[] {'C', 0, 0, 0, 6, 'S', 'a'}),
        arguments("COPY data unasked", new byte[] {'d', 0, 0, 0, 5, 'a'}),
        arguments("an Execute of nothing", new byte[] {'E', 0, 0, 0, 9, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void endsASessionThatBreaksTheProtocol(String what, byte[] bytes) throws Exception {
    int before = server().sessions();

    try (Socket socket = logIn()) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      drain(socket);
    }

    assertNothingIsLeft(before);
  }

  @Test
  void survivesNoise() throws Exception {
    int before = server().sessions();
    Random random = new Random(20261122);
    byte[] types = "QPBDECSHdcfXp?".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 60; i++) {
      try (Socket socket = logIn()) {
        BodyWriter noise = new BodyWriter();
        for (int message = 0; message < 20; message++) {
          byte[] body = new byte[random.nextInt(30)];
          random.nextBytes(body);
          noise.bytes(new byte[] {types[random.nextInt(types.length)]});
          noise.int32(body.length + 4).bytes(body);
        }
        socket.getOutputStream().write(noise.toBytes());
        socket.shutdownOutput();
        drain(socket);
      } catch (SocketException e) {
        // The server may hang up before it has heard all of the noise.
        assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe");
      }
    }

    assertNothingIsLeft(before);
  }

  private static void assertNothingIsLeft(int before) throws Exception {
    Awaitility.await().until(() -> server().sessions() <= before);
    try (Connection connection = connect()) {
      assertThat(value(connection, "select 1")).isEqualTo("1");
    }
  }

  private static Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** A session that waits for its first message. */
  private static Socket logIn() throws Exception {
    Socket socket = open();
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    out.write(
        packet(
            new BodyWriter()
                .int32(PROTOCOL_3)
                .cstring("user")
                .cstring("awsuser")
                .cstring("database")
                .cstring("dev")
                .bytes(new byte[1])));
    byte[] request = in.readNBytes(13);
    byte[] salt = new byte[] {request[9], request[10], request[11], request[12]};
    String stored = md5("Password1awsuser".getBytes(StandardCharsets.US_ASCII));
    byte[] salted =
        new BodyWriter().bytes(stored.getBytes(StandardCharsets.US_ASCII)).bytes(salt).toBytes();
    byte[] proof = new BodyWriter().cstring("md5" + md5(salted)).toBytes();
    out.write(
        new BodyWriter().bytes(new byte[] {'p'}).int32(proof.length + 4).bytes(proof).toBytes());
    int type;
    do {
      type = in.read();
      byte[] length = in.readNBytes(4);
      in.readNBytes((((length[2] & 0xFF) << 8) | (length[3] & 0xFF)) - 4);
    } while (type != 'Z');
    return socket;
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  private static byte[] packet(BodyWriter body) {
    byte[] bytes = body.toBytes();
    return new BodyWriter().int32(bytes.length + 4).bytes(bytes).toBytes();
  }

  private static void drain(Socket socket) throws IOException {
    socket.getInputStream().readAllBytes();
  }
}
