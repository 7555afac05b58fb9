package io.sluice.stack.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.front.Backend.Answer;
import io.sluice.stack.front.Backend.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes calls of a service on whose requests and answers are small: SQS and DynamoDB. Requests of
 * the AWS JSON protocol are understood; those of SQS's older query protocol pass, too, by the name
 * of their action only.
 */
final class JsonFront extends Handler.Abstract {
  /** What holds for one connection only, or is written anew. */
  private static final Set<HttpHeader> HOP_HEADERS =
      EnumSet.of(
          HttpHeader.CONNECTION,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.TRANSFER_ENCODING,
          HttpHeader.CONTENT_LENGTH,
          HttpHeader.EXPECT,
          HttpHeader.TE,
          HttpHeader.TRAILER,
          HttpHeader.UPGRADE);

  private final StandIn standIn;
  private final Striker striker;
  private final Work work;

  /** What stands between the request and the answer. */
  @FunctionalInterface
  interface Work {
    Answer answer(Message message) throws Exception;
  }

  JsonFront(StandIn standIn, Faults faults, Backend backend, Work work) {
    this.standIn = standIn;
    this.striker = new Striker(faults);
    this.work = work;
    addBean(backend);
  }

  static boolean speaksJson(Request request) {
    return request.getHeaders().contains("X-Amz-Target");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Message message = read(request);
    Call call;
    try {
      call = call(message);
    } catch (JsonProcessingException e) {
      ErrorAnswer.malformed().write(request, response, callback);
      return true;
    }
    striker.handle(
        call, request, response, callback, passed -> write(work.answer(message), passed, callback));
    return true;
  }

  /** The action and what it is about, as far as the request says. */
  static String action(Message message) {
    String target = message.headers().get("X-Amz-Target");
    return target == null ? "" : target.substring(target.lastIndexOf('.') + 1);
  }

  /** The last part of a queue's URL. */
  static String queueName(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private Call call(Message message) throws IOException {
    String action = action(message);
    if (action.isEmpty()) {
      return Call.of(standIn, queryAction(message), "");
    }
    JsonNode body = Backend.json(message.body());
    String resource =
        standIn == StandIn.SQS
            ? body.path("QueueName").asText(queueName(body.path("QueueUrl").asText()))
            : body.path("TableName").asText();
    return Call.of(standIn, action, resource);
  }

  private static String queryAction(Message message) {
    String form =
        UTF_8.decode(message.body().duplicate())
            + "&"
            + message.pathAndQuery().replaceFirst("^[^?]*\\??", "");
    for (String field : form.split("&", -1)) {
      if (field.startsWith("Action=")) {
        return field.substring("Action=".length());
      }
    }
    return "";
  }

  private static Message read(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return new Message(
          request.getMethod(),
          request.getHttpURI().getPathQuery(),
          endToEnd(request.getHeaders()),
          ByteBuffer.wrap(in.readAllBytes()));
    }
  }

  private static void write(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    for (HttpField field : endToEnd(answer.headers())) {
      response.getHeaders().put(field);
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
    response.write(true, answer.body().duplicate(), callback);
  }

  private static HttpFields endToEnd(HttpFields headers) {
    HttpFields.Mutable kept = HttpFields.build(headers);
    HOP_HEADERS.forEach(kept::remove);
    return kept;
  }
}
