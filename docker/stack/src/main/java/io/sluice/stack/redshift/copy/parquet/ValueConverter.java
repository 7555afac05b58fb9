package io.sluice.stack.redshift.copy.parquet;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Takes the values of one primitive column, boxed, and bytes as an array: a {@link Binary} may
 * point into a page and finds out only when it is read that it ends behind it.
 */
final class ValueConverter extends PrimitiveConverter {
  private final Consumer<Object> target;

  ValueConverter(Consumer<Object> target) {
    this.target = target;
  }

  @Override
  public void addBinary(Binary value) {
    target.accept(value.getBytes());
  }

  @Override
  public void addBoolean(boolean value) {
    target.accept(value);
  }

  @Override
  public void addDouble(double value) {
    target.accept(value);
  }

  @Override
  public void addFloat(float value) {
    target.accept(value);
  }

  @Override
  public void addInt(int value) {
    target.accept(value);
  }

  @Override
  public void addLong(long value) {
    target.accept(value);
  }
}
