package io.sluice.stack.kinesis.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.http.Connections;
import io.sluice.stack.kinesis.operation.AnswerLost;
import io.sluice.stack.kinesis.operation.Operations;
import io.sluice.stack.kinesis.operation.Operations.RequestReader;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP request, one call: the action comes in the header {@code X-Amz-Target}, the format in
 * {@code Content-Type}, and the answer goes back in the same format. Signatures are not looked at.
 */
public final class KinesisHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(KinesisHandler.class);

  private static final String TARGET_PREFIX = "Kinesis_20131202.";

  /** Above the largest legal request: 5 MiB of records and their keys in base64. */
  private static final int MAX_BODY = 16 << 20;

  private static final byte[] NO_BODY = {};

  private final Operations operations;

  /** Hands calls to these operations. */
  public KinesisHandler(Operations operations) {
    this.operations = requireNonNull(operations, "operations");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WireFormat format = WireFormat.of(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.contentType());
    byte[] body;
    try {
      body = answer(request, response, format);
    } catch (AnswerLost e) {
      callback.failed(Connections.reset(request));
      return true;
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private byte[] answer(Request request, Response response, WireFormat format) throws IOException {
    // Read to the end in any case: the connection is used again.
    byte[] body = body(request);
    try {
      Object answer = operations.run(action(request), reader(body, format));
      return answer == null ? NO_BODY : format.write(answer);
    } catch (AnswerLost e) {
      throw e;
    } catch (KinesisException e) {
      return refusal(response, format, e.kind(), e.getMessage());
    } catch (RuntimeException e) {
      log.error("a Kinesis call failed inside the stand-in: please report it", e);
      return refusal(response, format, Kind.INTERNAL_FAILURE, e.toString());
    }
  }

  private static String action(Request request) {
    String target = request.getHeaders().get("X-Amz-Target");
    if (!HttpMethod.POST.is(request.getMethod())
        || target == null
        || !target.startsWith(TARGET_PREFIX)) {
      throw new KinesisException(
          Kind.UNKNOWN_OPERATION,
          "not a Kinesis call: POST with the header X-Amz-Target: " + TARGET_PREFIX + "<action>");
    }
    return target.substring(TARGET_PREFIX.length());
  }

  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY);
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return body;
    }
  }

  private static RequestReader reader(byte[] body, WireFormat format) {
    return new RequestReader() {
      @Override
      public <Q extends io.sluice.stack.kinesis.operation.Request> Q read(Class<Q> type) {
        try {
          return format.read(new ByteArrayInputStream(body), type);
        } catch (IOException e) {
          throw new UncheckedIOException("reading an array cannot fail", e);
        }
      }
    };
  }

  private static byte[] refusal(Response response, WireFormat format, Kind kind, String message) {
    response.setStatus(kind.httpStatus());
    return format.write(new Refusal(kind.wireName(), message));
  }

  private record Refusal(
      @JsonProperty("__type") String type, @JsonProperty("message") String message) {}
}
