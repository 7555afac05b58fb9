package io.sluice.loader.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook on a real socket that keeps what is posted and answers as it is told. */
public final class TestWebhook implements AutoCloseable {
  /** It takes the request, begins to answer, and never ends. */
  public static final int HANGS = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> posted = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /** Answers once with each of these, then with 200. */
  public TestWebhook(Integer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook-token", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook-token";
  }

  /** The bodies, in the order in which they came. */
  public synchronized List<String> posted() {
    return List.copyOf(posted);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (this) {
      posted.add(body);
    }
    Integer answer = answers.poll();
    if (answer != null && answer == HANGS) {
      exchange.sendResponseHeaders(200, 10);
      exchange.getResponseBody().flush();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
    exchange.close();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
