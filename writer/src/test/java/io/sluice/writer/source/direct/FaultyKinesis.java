package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.AmazonKinesis;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A client of the real stand-in whose next calls can be made to fail. */
final class FaultyKinesis implements InvocationHandler {
  private final AmazonKinesis kinesis;
  private final Map<String, Deque<Optional<RuntimeException>>> failures = new ConcurrentHashMap<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  FaultyKinesis(AmazonKinesis kinesis) {
    this.kinesis = kinesis;
  }

  AmazonKinesis client() {
    return (AmazonKinesis)
        Proxy.newProxyInstance(
            AmazonKinesis.class.getClassLoader(), new Class<?>[] {AmazonKinesis.class}, this);
  }

  /** After {@code succeeding} more calls of this method, one fails without reaching Kinesis. */
  void failAfter(int succeeding, String method, RuntimeException failure) {
    Deque<Optional<RuntimeException>> queue =
        failures.computeIfAbsent(method, m -> new ConcurrentLinkedDeque<>());
    for (int i = 0; i < succeeding; i++) {
      queue.add(Optional.empty());
    }
    queue.add(Optional.of(failure));
  }

  /** Nothing fails any more. */
  void forgetFailures() {
    failures.clear();
  }

  /** How often this method was called. */
  int calls(String method) {
    return calls.getOrDefault(method, 0);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    calls.merge(method.getName(), 1, Integer::sum);
    Deque<Optional<RuntimeException>> queue =
        failures.getOrDefault(method.getName(), new ConcurrentLinkedDeque<>());
    if (!queue.isEmpty()) {
      Optional<RuntimeException> failure = queue.poll();
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
    try {
      return method.invoke(kinesis, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
