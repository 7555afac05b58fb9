package io.sluice.loader.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by {@code sun.misc.Signal}: Java's only way to signals other than those that end it, kept
 * in {@code jdk.unsupported} for that. Reached by reflection, for the compiler warns of it in a way
 * that cannot be turned off.
 */
final class HangUp {
  private HangUp() {}

  /**
   * Runs {@code action} at each SIGHUP, on a thread of its own, in place of the end of the process.
   *
   * @return false when this Java or system has no such signal
   */
  static boolean handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> called(method, proxy, arguments, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
      return true;
    } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException e) {
      return false;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  private static Object called(Method method, Object proxy, Object[] arguments, Runnable action) {
    return switch (method.getName()) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "SIGHUP";
    };
  }
}
