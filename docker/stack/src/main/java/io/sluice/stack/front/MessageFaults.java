package io.sluice.stack.front;

import static io.sluice.stack.fault.Fault.DELAY;
import static io.sluice.stack.fault.Fault.DUPLICATE;
import static io.sluice.stack.fault.Fault.LOSS;
import static io.sluice.stack.fault.Fault.REORDER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Strike;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.front.Backend.Answer;
import io.sluice.stack.front.Backend.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What a standard queue does to messages, on order: message by message, on calls of the JSON
 * protocol. Thread-safe.
 */
final class MessageFaults implements JsonFront.Work {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final Set<Fault> ON_RECEIPT = Set.of(DUPLICATE, LOSS, REORDER);
  private static final int MOST_MESSAGES = 10;
  private static final Duration USUAL_DELAY = Duration.ofSeconds(5);
  private static final Duration USUAL_HOLD = Duration.ofSeconds(1);

  private final Faults faults;
  private final Backend backend;

  /** Copies that wait to be received again, by queue. */
  private final Map<String, Queue<JsonNode>> copies = new ConcurrentHashMap<>();

  MessageFaults(Faults faults, Backend backend) {
    this.faults = faults;
    this.backend = backend;
  }

  @Override
  public Answer answer(Message message) throws Exception {
    return switch (JsonFront.action(message)) {
      case "ReceiveMessage" -> receive(message);
      case "SendMessage", "SendMessageBatch" -> backend.send(delayed(message));
      case "DeleteMessage", "DeleteMessageBatch" ->
          Deletions.asOnAws(message, backend.send(message));
      case "PurgeQueue", "DeleteQueue" -> emptied(message);
      default -> backend.send(message);
    };
  }

  private Answer receive(Message message) throws Exception {
    JsonNode request = Backend.json(message.body());
    String queue = JsonFront.queueName(request.path("QueueUrl").asText());
    ArrayNode again = takeCopies(queue, request.path("MaxNumberOfMessages").asInt(1));
    if (!again.isEmpty()) {
      ObjectNode body = JSON.createObjectNode().set("Messages", again);
      HttpFields headers = HttpFields.build().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
      return new Answer(200, headers, bytes(body));
    }
    Answer answer = backend.send(message);
    if (answer.status() != 200 || !faults.threaten(StandIn.SQS)) {
      return answer;
    }
    return struck(message, request.path("QueueUrl").asText(), queue, answer);
  }

  private Answer struck(Message message, String queueUrl, String queue, Answer answer)
      throws Exception {
    JsonNode body = Backend.json(answer.body());
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode received : body.path("Messages")) {
      Optional<Strike> strike =
          faults.strike(Call.of(StandIn.SQS, "ReceiveMessage", queue), ON_RECEIPT);
      if (strike.isEmpty()) {
        kept.add(received);
        continue;
      }
      ObjectNode request = JSON.createObjectNode();
      request.put("QueueUrl", queueUrl).set("ReceiptHandle", received.path("ReceiptHandle"));
      if (strike.get().fault() == LOSS) {
        command(message, "DeleteMessage", request);
      } else if (strike.get().fault() == REORDER) {
        request.put("VisibilityTimeout", seconds(strike.get().delayOr(USUAL_HOLD)));
        command(message, "ChangeMessageVisibility", request);
      } else {
        kept.add(received);
        copies.computeIfAbsent(queue, q -> new ConcurrentLinkedQueue<>()).add(received);
      }
    }
    ObjectNode changed = JSON.createObjectNode();
    if (!kept.isEmpty()) {
      changed.set("Messages", kept);
    }
    return answer.withBody(JSON.writeValueAsBytes(changed));
  }

  /** What was ordered for messages that are gone must not reach the queue's next user. */
  private Answer emptied(Message message) throws Exception {
    String url = Backend.json(message.body()).path("QueueUrl").asText();
    Answer answer = backend.send(message);
    if (answer.status() == 200) {
      copies.remove(JsonFront.queueName(url));
    }
    return answer;
  }

  /** None for a limit that is none: the queue refuses the call. */
  private ArrayNode takeCopies(String queue, int limit) {
    ArrayNode taken = JSON.createArrayNode();
    Queue<JsonNode> waiting = copies.get(queue);
    if (waiting == null || limit > MOST_MESSAGES) {
      return taken;
    }
    while (taken.size() < limit) {
      JsonNode copy = waiting.poll();
      if (copy == null) {
        break;
      }
      taken.add(copy);
    }
    return taken;
  }

  /** A call of our own on the caller's queue. */
  private void command(Message message, String action, ObjectNode request) throws Exception {
    HttpFields headers =
        HttpFields.build(message.headers()).put("X-Amz-Target", "AmazonSQS." + action);
    Answer answer =
        backend.send(new Message("POST", message.pathAndQuery(), headers, bytes(request)));
    if (answer.status() != 200) {
      throw new IOException(
          "%s was refused with %d while a fault was carried out"
              .formatted(action, answer.status()));
    }
  }

  private Message delayed(Message message) throws IOException {
    if (!faults.threaten(StandIn.SQS)) {
      return message;
    }
    ObjectNode request = (ObjectNode) Backend.json(message.body());
    String queue = JsonFront.queueName(request.path("QueueUrl").asText());
    Call call = Call.of(StandIn.SQS, JsonFront.action(message), queue);
    if (request.has("Entries")) {
      request.path("Entries").forEach(entry -> delay(call, (ObjectNode) entry));
    } else {
      delay(call, request);
    }
    return message.withBody(JSON.writeValueAsBytes(request));
  }

  private void delay(Call call, ObjectNode message) {
    faults
        .strike(call, DELAY)
        .ifPresent(strike -> message.put("DelaySeconds", seconds(strike.delayOr(USUAL_DELAY))));
  }

  private static ByteBuffer bytes(JsonNode json) throws IOException {
    return ByteBuffer.wrap(JSON.writeValueAsBytes(json));
  }

  /** SQS knows whole seconds, and no time at all would be no fault. */
  private static long seconds(Duration delay) {
    return Math.max(1, delay.toSeconds());
  }
}
