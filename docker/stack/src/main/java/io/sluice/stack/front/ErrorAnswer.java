package io.sluice.stack.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A refusal in the words of the service. Sources: "Error responses" of the Amazon S3 API Reference,
 * "Common Errors" of the Amazon SQS API Reference, "Error handling with DynamoDB" of the DynamoDB
 * Developer Guide.
 */
record ErrorAnswer(int status, String contentType, String body) {
  private static final String XML = "application/xml";

  /** What a fault looks like to a caller. */
  static ErrorAnswer of(Call call, Fault fault, Request request) {
    return switch (call.standIn()) {
      case S3 -> s3(call, fault);
      case SQS -> sqs(fault, request);
      case DYNAMODB -> dynamoDb(fault);
      case KINESIS, REDSHIFT ->
          throw new IllegalArgumentException(call.standIn() + " answers for itself");
    };
  }

  /** What every service of the AWS JSON protocol says to a body that is none. */
  static ErrorAnswer malformed() {
    return json(
        400, "1.0", "com.amazon.coral.service#SerializationException", "The body is no JSON");
  }

  void write(Request request, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put("x-amz-request-id", UUID.randomUUID().toString());
    byte[] bytes = body.getBytes(UTF_8);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      bytes = new byte[0];
    } else {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    }
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private static ErrorAnswer s3(Call call, Fault fault) {
    boolean slowDown = fault == Fault.SLOW_DOWN;
    String body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>%s</Message><Resource>%s</Resource><RequestId>%s</RequestId></Error>"""
            .formatted(
                slowDown ? "SlowDown" : "InternalError",
                slowDown
                    ? "Please reduce your request rate."
                    : "We encountered an internal error. Please try again.",
                escape("/" + call.resource()),
                UUID.randomUUID());
    return new ErrorAnswer(slowDown ? 503 : 500, XML, body);
  }

  private static ErrorAnswer sqs(Fault fault, Request request) {
    boolean throttled = fault == Fault.THROTTLE;
    int status = throttled ? 400 : 500;
    String code = throttled ? "RequestThrottled" : "InternalFailure";
    String message =
        throttled
            ? "The request was denied due to request throttling."
            : "The request processing has failed because of an unknown error, exception or failure.";
    if (JsonFront.speaksJson(request)) {
      return json(status, "1.0", "com.amazonaws.sqs#" + code, message);
    }
    String body =
        "<ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
            .formatted(throttled ? "Sender" : "Receiver", code, message, UUID.randomUUID());
    return new ErrorAnswer(status, XML, body);
  }

  private static ErrorAnswer dynamoDb(Fault fault) {
    String types = "com.amazonaws.dynamodb.v20120810#";
    if (fault == Fault.THROTTLE) {
      return json(
          400,
          "1.0",
          types + "ProvisionedThroughputExceededException",
          "The level of configured provisioned throughput for the table was exceeded. Consider"
              + " increasing your provisioning level with the UpdateTable API.");
    }
    return json(500, "1.0", types + "InternalServerError", "An error occurred on the server side.");
  }

  private static ErrorAnswer json(int status, String version, String type, String message) {
    return new ErrorAnswer(
        status,
        "application/x-amz-json-" + version,
        "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
