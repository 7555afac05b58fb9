package io.sluice.stack.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Report;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * {@code GET /} explains, {@code POST /faults} orders, {@code GET /faults[/id]} reports, {@code
 * DELETE /faults[/id]} withdraws, {@code GET /requests} tells S3's requests by operation. Fields
 * come in the query or as a form, answers are JSON.
 */
final class ControlHandler extends Handler.Abstract {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Pattern ORDER = Pattern.compile("/faults/(\\d{1,18})");

  private final Faults faults;
  private final Supplier<Map<String, Long>> s3Requests;

  ControlHandler(Faults faults, Supplier<Map<String, Long>> s3Requests) {
    this.faults = faults;
    this.s3Requests = s3Requests;
  }

  /** What is said back. */
  private record Answer(int status, String contentType, String text) {
    static Answer text(int status, String text) {
      return new Answer(status, "text/plain; charset=utf-8", text.strip() + "\n");
    }

    static Answer json(int status, Object value) throws JsonProcessingException {
      return new Answer(status, "application/json", JSON.writeValueAsString(value) + "\n");
    }
  }

  /** All orders and the seed that repeats their chances. */
  private record Overview(long seed, List<OrderView> orders) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = answer(request);
    byte[] bytes = answer.text().getBytes(UTF_8);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }

  private Answer answer(Request request) throws JsonProcessingException {
    String path = Request.getPathInContext(request).replaceFirst("(?<=.)/$", "");
    String call = request.getMethod() + " " + path;
    Matcher one = ORDER.matcher(path);
    if (one.matches()) {
      return ofOrder(request.getMethod(), Long.parseLong(one.group(1)));
    }
    return switch (call) {
      case "GET /" -> Answer.text(HttpStatus.OK_200, Manual.text(request.getHttpURI()));
      case "GET /faults" ->
          Answer.json(
              HttpStatus.OK_200,
              new Overview(faults.seed(), faults.reports().stream().map(OrderView::of).toList()));
      case "GET /requests" -> Answer.json(HttpStatus.OK_200, Map.of("s3", s3Requests.get()));
      case "POST /faults" -> order(request);
      case "DELETE /faults" -> {
        faults.withdrawAll();
        yield Answer.text(HttpStatus.OK_200, "all orders are withdrawn");
      }
      default ->
          Answer.text(
              HttpStatus.NOT_FOUND_404,
              call
                  + ": there is GET /, GET, POST and DELETE /faults, GET and DELETE /faults/<id>,"
                  + " GET /requests");
    };
  }

  private Answer ofOrder(String method, long id) throws JsonProcessingException {
    if (method.equals("GET")) {
      Report report = faults.report(id).orElse(null);
      return report == null ? noOrder(id) : Answer.json(HttpStatus.OK_200, OrderView.of(report));
    }
    if (method.equals("DELETE")) {
      return faults.withdraw(id)
          ? Answer.text(HttpStatus.OK_200, "order %d is withdrawn".formatted(id))
          : noOrder(id);
    }
    return Answer.text(
        HttpStatus.METHOD_NOT_ALLOWED_405, "an order can be read by GET and withdrawn by DELETE");
  }

  private Answer order(Request request) throws JsonProcessingException {
    try {
      long id = faults.order(OrderForm.read(fields(request)));
      return Answer.json(HttpStatus.CREATED_201, OrderView.of(faults.report(id).orElseThrow()));
    } catch (IllegalArgumentException e) {
      return Answer.text(HttpStatus.BAD_REQUEST_400, e.getMessage());
    }
  }

  private static Answer noOrder(long id) {
    return Answer.text(
        HttpStatus.NOT_FOUND_404, "there is no order %d: see GET /faults".formatted(id));
  }

  private static Map<String, String> fields(Request request) {
    Map<String, String> fields = new HashMap<>();
    collect(Request.extractQueryParameters(request), fields);
    collect(FormFields.getFields(request), fields);
    return fields;
  }

  private static void collect(Fields from, Map<String, String> to) {
    for (Fields.Field field : from) {
      if (field.hasMultipleValues() || to.put(field.getName(), field.getValue()) != null) {
        throw new IllegalArgumentException(field.getName() + ": given more than once");
      }
    }
  }
}
