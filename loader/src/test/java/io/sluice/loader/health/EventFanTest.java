package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventFanTest {
  /** A new event must not be forgotten in the fan: it would be told to nobody. */
  @Test
  void tellsEveryListenerEveryEvent() throws ReflectiveOperationException {
    List<String> told = new ArrayList<>();
    InvocationHandler recorder =
        (proxy, method, arguments) -> {
          told.add(method.getName());
          return null;
        };
    EventFan fan = new EventFan(List.of(listener(recorder), listener(recorder)));

    List<String> expected = new ArrayList<>();
    List<Method> events =
        Stream.of(LoaderEvents.class.getDeclaredMethods()).filter(Method::isDefault).toList();
    for (Method event : events) {
      event.invoke(fan, Stream.of(event.getParameterTypes()).map(EventFanTest::any).toArray());
      expected.addAll(List.of(event.getName(), event.getName()));
    }

    assertThat(told).isEqualTo(expected).isNotEmpty();
  }

  @Test
  void goesOnWhenAListenerThrows() {
    List<Integer> told = new ArrayList<>();
    LoaderEvents broken =
        new LoaderEvents() {
          @Override
          public void received(int messages) {
            throw new IllegalStateException("broken");
          }
        };
    LoaderEvents sound =
        new LoaderEvents() {
          @Override
          public void received(int messages) {
            told.add(messages);
          }
        };

    new EventFan(List.of(broken, sound)).received(7);

    assertThat(told).containsExactly(7);
  }

  private static LoaderEvents listener(InvocationHandler handler) {
    return (LoaderEvents)
        Proxy.newProxyInstance(
            LoaderEvents.class.getClassLoader(), new Class<?>[] {LoaderEvents.class}, handler);
  }

  private static Object any(Class<?> type) {
    return type == int.class ? 1 : null;
  }
}
