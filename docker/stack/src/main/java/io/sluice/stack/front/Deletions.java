package io.sluice.stack.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.stack.front.Backend.Answer;
import io.sluice.stack.front.Backend.Message;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Deleting a message that is gone already succeeds on AWS, as does an old receipt handle (Amazon
 * SQS API Reference, DeleteMessage); ElasticMQ refuses it. A handle that it never gave out is
 * refused by both.
 */
final class Deletions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INVALID = "ReceiptHandleIsInvalid";

  /** ElasticMQ's handles: the ids of message and delivery. */
  private static final Pattern HANDLE = Pattern.compile("[0-9a-f-]{36}#[0-9a-f-]{36}");

  private Deletions() {}

  /** The answer that AWS would give. */
  static Answer asOnAws(Message message, Answer answer) throws IOException {
    JsonNode request = Backend.json(message.body());
    JsonNode body = Backend.json(answer.body());
    if (request.has("Entries")) {
      return body.path("Failed").isEmpty() ? answer : batch(request, (ObjectNode) body, answer);
    }
    boolean gone =
        answer.status() == 400
            && body.path("__type").asText().endsWith(INVALID)
            && isHandle(request.path("ReceiptHandle"));
    return gone ? new Answer(200, answer.headers(), answer.body()).withBody(bytes("{}")) : answer;
  }

  private static Answer batch(JsonNode request, ObjectNode body, Answer answer) throws IOException {
    Set<String> wellFormed =
        StreamSupport.stream(request.path("Entries").spliterator(), false)
            .filter(entry -> isHandle(entry.path("ReceiptHandle")))
            .map(entry -> entry.path("Id").asText())
            .collect(Collectors.toSet());
    ArrayNode successful = body.withArray("Successful");
    ArrayNode failed = JSON.createArrayNode();
    for (JsonNode entry : body.path("Failed")) {
      String id = entry.path("Id").asText();
      if (entry.path("Code").asText().endsWith(INVALID) && wellFormed.contains(id)) {
        successful.addObject().put("Id", id);
      } else {
        failed.add(entry);
      }
    }
    body.set("Failed", failed);
    return answer.withBody(JSON.writeValueAsBytes(body));
  }

  private static boolean isHandle(JsonNode handle) {
    return HANDLE.matcher(handle.asText()).matches();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
