package io.sluice.writer.map;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/**
 * The class of a {@link RecordMapper}, looked up where Spark puts what {@code --jars} brings: in
 * the thread's context class loader.
 */
final class MapperClass {
  private MapperClass() {}

  /** The constructor of the class; IllegalArgumentException says what is wrong with it. */
  static Constructor<? extends RecordMapper> find(String name) {
    Class<?> found;
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      found =
          Class.forName(name, false, loader != null ? loader : MapperClass.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "class " + name + " is not on the class path: is its jar in spark-submit's --jars?", e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
    }
    if (!RecordMapper.class.isAssignableFrom(found)) {
      throw new IllegalArgumentException(
          "class " + name + " is no " + RecordMapper.class.getName());
    }
    try {
      Constructor<? extends RecordMapper> constructor =
          found.asSubclass(RecordMapper.class).getConstructor();
      if (Modifier.isPublic(found.getModifiers()) && !Modifier.isAbstract(found.getModifiers())) {
        return constructor;
      }
    } catch (NoSuchMethodException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "class " + name + " must be public, with a public constructor without parameters");
  }

  /** A new mapper. */
  static RecordMapper instance(String name) {
    try {
      return find(name).newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("mapper " + name + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("mapper " + name + " cannot be made", e);
    }
  }
}
