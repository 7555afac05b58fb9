package io.sluice.common.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A server that says yes to every request of an S3 client, and keeps what it was asked. */
final class RecordedRequests implements AutoCloseable {
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * One request.
   *
   * @param line method and path with its query
   * @param headers by their names in lower case, values of one name joined
   */
  record Request(String line, Map<String, String> headers) {}

  RecordedRequests() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What came so far. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(
        new Request(
            line,
            exchange.getRequestHeaders().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                        header -> String.join(",", header.getValue())))));
    byte[] body = body(line).getBytes(StandardCharsets.UTF_8);
    String encryption = exchange.getRequestHeaders().getFirst("x-amz-server-side-encryption");
    if (encryption != null) {
      exchange.getResponseHeaders().set("x-amz-server-side-encryption", encryption);
      if (encryption.equals("aws:kms")) {
        // Under KMS an ETag is no MD5 of the bytes, and the client must not take it for one.
        exchange.getResponseHeaders().set("ETag", "\"00112233445566778899aabbccddeeff\"");
      }
    }
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String body(String line) {
    if (line.startsWith("POST") && line.endsWith("?uploads")) {
      return "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";
    }
    if (line.startsWith("POST")) {
      return "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
    }
    return "";
  }
}
