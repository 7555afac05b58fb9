package io.sluice.stack.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/** The server behind a front, for calls whose bodies fit into memory. */
final class Backend extends ContainerLifeCycle {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CONNECTIONS = 256;

  /** Above DynamoDB's largest answer, which is the largest of all: 16 MiB. */
  private static final int MAX_ANSWER = 20 << 20;

  /** Above SQS's longest poll of twenty seconds. */
  private static final long PATIENCE_SECONDS = 60;

  private final URI address;
  private final HttpClient client = new HttpClient();

  Backend(URI address) {
    this.address = address;
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    addBean(client);
  }

  /** Reads a body that is JSON. */
  static JsonNode json(ByteBuffer body) throws IOException {
    return JSON.readTree(new ByteBufferBackedInputStream(body.duplicate()));
  }

  /** A call as it came, or as a fault has changed it. */
  record Message(String method, String pathAndQuery, HttpFields headers, ByteBuffer body) {
    /** The same call with another body. */
    Message withBody(byte[] changed) {
      return new Message(method, pathAndQuery, headers, ByteBuffer.wrap(changed));
    }
  }

  /** An answer. */
  record Answer(int status, HttpFields headers, ByteBuffer body) {
    /** The same answer with another body; a checksum of the old one is left out. */
    Answer withBody(byte[] changed) {
      HttpFields.Mutable kept = HttpFields.build(headers);
      kept.remove("x-amz-crc32");
      return new Answer(status, kept, ByteBuffer.wrap(changed));
    }
  }

  /** Sends a call and waits for its answer. */
  Answer send(Message message) throws InterruptedException, ExecutionException, TimeoutException {
    ContentResponse response =
        new CompletableResponseListener(
                client
                    .newRequest(address.resolve(message.pathAndQuery()))
                    .method(message.method())
                    .headers(fields -> fields.add(message.headers()))
                    .body(new ByteBufferRequestContent((String) null, message.body().duplicate())),
                MAX_ANSWER)
            .send()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return new Answer(
        response.getStatus(), response.getHeaders(), ByteBuffer.wrap(response.getContent()));
  }
}
