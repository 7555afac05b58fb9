package io.sluice.loader.intake;

import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.MessageAttributeValue;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import com.amazonaws.services.sqs.model.SendMessageRequest;
import io.sluice.loader.stack.LoaderStack;
import java.util.Map;
import java.util.TreeMap;

class SqsDeadLettersIT extends DeadLettersContract {
  private final LoaderStack stack = LoaderStack.shared();
  private final String queue = stack.newQueue();
  private final String deadLetters = stack.newQueue();

  @Override
  DeadLetters letters() {
    return new SqsDeadLetters(stack.sqs(), queue, deadLetters);
  }

  @Override
  void put(String body, Map<String, String> attributes) {
    SendMessageRequest request = new SendMessageRequest(deadLetters, body);
    attributes.forEach(
        (name, value) ->
            request.addMessageAttributesEntry(
                name, new MessageAttributeValue().withDataType("String").withStringValue(value)));
    stack.sqs().sendMessage(request);
  }

  @Override
  Map<String, Map<String, String>> sentBack() {
    Map<String, Map<String, String>> messages = new TreeMap<>();
    ReceiveMessageRequest all =
        new ReceiveMessageRequest(queue)
            .withMaxNumberOfMessages(10)
            .withMessageAttributeNames("All");
    for (Message message : stack.sqs().receiveMessage(all).getMessages()) {
      Map<String, String> attributes = new TreeMap<>();
      message
          .getMessageAttributes()
          .forEach((name, value) -> attributes.put(name, value.getStringValue()));
      messages.put(message.getBody(), attributes);
    }
    return messages;
  }
}
