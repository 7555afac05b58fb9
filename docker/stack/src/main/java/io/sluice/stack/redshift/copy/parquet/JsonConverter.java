package io.sluice.stack.redshift.copy.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Makes JSON of columns of several parts: a struct is an object, a list an array, a map an object
 * whose names are the keys.
 */
final class JsonConverter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonConverter() {}

  /** A converter that gives each value of {@code type}, whatever its repetition, to a target. */
  static Converter of(Type type, Consumer<JsonNode> target) {
    if (type.isPrimitive()) {
      return new ValueConverter(
          value -> target.accept(ParquetText.node(type.asPrimitiveType(), value)));
    }
    GroupType group = type.asGroupType();
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    boolean wraps =
        group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
    if (wraps && annotation instanceof ListLogicalTypeAnnotation) {
      return new Elements(group.getType(0), target);
    }
    boolean map = annotation instanceof MapLogicalTypeAnnotation;
    boolean pairs =
        wraps
            && !group.getType(0).isPrimitive()
            && group.getType(0).asGroupType().getFieldCount() == 2
            && group.getType(0).asGroupType().getType(0).isPrimitive();
    return map && pairs
        ? new Entries(group.getType(0).asGroupType(), target)
        : new Struct(group, target);
  }

  /** A group that has one child. */
  private abstract static class Wrapper extends GroupConverter {
    abstract Converter child();

    @Override
    public final Converter getConverter(int index) {
      return child();
    }
  }

  private static final class Struct extends GroupConverter {
    private final GroupType type;
    private final Consumer<JsonNode> target;
    private final Converter[] members;
    private ObjectNode object;

    Struct(GroupType type, Consumer<JsonNode> target) {
      this.type = type;
      this.target = target;
      this.members = new Converter[type.getFieldCount()];
      for (int i = 0; i < members.length; i++) {
        Type member = type.getType(i);
        String name = member.getName();
        members[i] =
            member.isRepetition(Repetition.REPEATED)
                ? of(member, value -> ((ArrayNode) object.get(name)).add(value))
                : of(member, value -> object.set(name, value));
      }
    }

    @Override
    public Converter getConverter(int index) {
      return members[index];
    }

    @Override
    public void start() {
      object = NODES.objectNode();
      for (Type member : type.getFields()) {
        if (member.isRepetition(Repetition.REPEATED)) {
          object.putArray(member.getName());
        } else {
          object.putNull(member.getName());
        }
      }
    }

    @Override
    public void end() {
      target.accept(object);
    }
  }

  /** A list in the three layers of today, or in the two of older writers. */
  private static final class Elements extends Wrapper {
    private final Consumer<JsonNode> target;
    private final Converter child;
    private ArrayNode array;

    Elements(Type repeated, Consumer<JsonNode> target) {
      this.target = target;
      this.child =
          hasLayer(repeated)
              ? new Layer(repeated.asGroupType().getType(0), value -> array.add(value))
              : of(repeated, value -> array.add(value));
    }

    /** The rules for older files of the format's specification, "Lists". */
    private static boolean hasLayer(Type repeated) {
      return !repeated.isPrimitive()
          && repeated.asGroupType().getFieldCount() == 1
          && !repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
          && !repeated.getName().equals("array")
          && !repeated.getName().endsWith("_tuple");
    }

    @Override
    Converter child() {
      return child;
    }

    @Override
    public void start() {
      array = NODES.arrayNode();
    }

    @Override
    public void end() {
      target.accept(array);
    }
  }

  /** The layer around one element, without which it could not be NULL. */
  private static final class Layer extends Wrapper {
    private final Consumer<JsonNode> target;
    private final Converter child;
    private JsonNode element;

    Layer(Type type, Consumer<JsonNode> target) {
      this.target = target;
      this.child = of(type, value -> element = value);
    }

    @Override
    Converter child() {
      return child;
    }

    @Override
    public void start() {
      element = NODES.nullNode();
    }

    @Override
    public void end() {
      target.accept(element);
    }
  }

  private static final class Entries extends Wrapper {
    private final Consumer<JsonNode> target;
    private final Converter entry;
    private ObjectNode object;

    Entries(GroupType type, Consumer<JsonNode> target) {
      this.target = target;
      this.entry = new Entry(type);
    }

    @Override
    Converter child() {
      return entry;
    }

    @Override
    public void start() {
      object = NODES.objectNode();
    }

    @Override
    public void end() {
      target.accept(object);
    }

    private final class Entry extends GroupConverter {
      private final Converter[] parts;
      private String key;
      private JsonNode value;

      Entry(GroupType type) {
        this.parts =
            new Converter[] {
              of(type.getType(0), text -> key = text.asText()),
              of(type.getType(1), node -> value = node)
            };
      }

      @Override
      public Converter getConverter(int index) {
        return parts[index];
      }

      @Override
      public void start() {
        key = "";
        value = NODES.nullNode();
      }

      @Override
      public void end() {
        object.set(key, value);
      }
    }
  }
}
