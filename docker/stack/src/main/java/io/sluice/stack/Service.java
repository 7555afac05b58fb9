package io.sluice.stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One stand-in of the stack on its way up: it is started on a thread of its own, handed out once it
 * is ready, and closed whatever became of the others.
 */
final class Service<T extends AutoCloseable> {
  private final String name;
  private final CompletableFuture<T> server = new CompletableFuture<>();

  private Service(String name) {
    this.name = name;
  }

  /** Starts a server. */
  @FunctionalInterface
  interface Starter<T> {
    T start() throws Exception;
  }

  /**
   * Begins to start a stand-in.
   *
   * @param name the service, for people
   */
  static <T extends AutoCloseable> Service<T> starting(String name, Starter<? extends T> starter) {
    Service<T> service = new Service<>(name);
    Thread thread = new Thread(() -> service.run(starter), "start-" + name);
    thread.setDaemon(true);
    thread.start();
    return service;
  }

  String name() {
    return name;
  }

  /**
   * The server, as soon as it is ready. Another stand-in that needs its address waits here.
   *
   * @throws StackException if it could not start
   */
  T await() {
    try {
      return server.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackException cause) {
        throw new StackException(cause.getMessage(), cause);
      }
      throw new StackException("%s cannot start: %s".formatted(name, e.getCause()), e.getCause());
    }
  }

  /** Waits until it is up or has failed, then closes it if it is up. */
  void close() throws Exception {
    T running = server.exceptionally(e -> null).join();
    if (running != null) {
      running.close();
    }
  }

  private void run(Starter<? extends T> starter) {
    try {
      server.complete(starter.start());
    } catch (Throwable e) {
      server.completeExceptionally(e);
    }
  }
}
