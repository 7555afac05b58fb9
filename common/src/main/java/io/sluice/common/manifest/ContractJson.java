package io.sluice.common.manifest;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The JSON of manifests and messages.
 *
 * <p>Each document starts with its format version. A reader takes its own version and older ones,
 * and refuses a newer one by name, before it looks at anything else; properties that it does not
 * know, it leaves alone. Sequence numbers are written as text, for they do not fit other readers'
 * numbers. Times are ISO 8601 in UTC, durations ISO 8601.
 */
public final class ContractJson {
  /** The newest format version that this code reads, and the one that it writes. */
  public static final int FORMAT_VERSION = 1;

  private static final String VERSION_FIELD = "formatVersion";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule().addSerializer(BigInteger.class, ToStringSerializer.instance))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private ContractJson() {}

  /**
   * The bytes of a manifest, indented for people; the same manifest always gives the same bytes.
   */
  public static byte[] write(Manifest manifest) {
    return writePretty(manifest);
  }

  /** The text of a message, on one line. */
  public static String write(ManifestMessage message) {
    try {
      return MAPPER.writeValueAsString(versioned(message));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a manifest; throws {@link ContractException} when it is none, or of a newer format. */
  public static Manifest readManifest(byte[] json) {
    return read(json, Manifest.class, "manifest");
  }

  /** Reads a message; throws {@link ContractException} when it is none, or of a newer format. */
  public static ManifestMessage readMessage(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8), ManifestMessage.class, "manifest message");
  }

  private static byte[] writePretty(Object document) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(versioned(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode versioned(Object document) {
    ObjectNode node = MAPPER.createObjectNode().put(VERSION_FIELD, FORMAT_VERSION);
    node.setAll((ObjectNode) MAPPER.valueToTree(document));
    return node;
  }

  private static <T> T read(byte[] json, Class<T> type, String what) {
    try {
      JsonNode node = MAPPER.readTree(json);
      requireKnownVersion(node.path(VERSION_FIELD), what);
      return MAPPER.treeToValue(node, type);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new ContractException("this is not a " + what + " of Sluice: " + firstLine(e), e);
    }
  }

  private static void requireKnownVersion(JsonNode version, String what) {
    if (!version.isInt() || version.intValue() < 1) {
      throw new ContractException(
          "this is not a " + what + " of Sluice: it has no " + VERSION_FIELD);
    }
    if (version.intValue() > FORMAT_VERSION) {
      throw new ContractException(
          "this %s has format version %d and this release of Sluice reads up to %d: upgrade this process"
              .formatted(what, version.intValue(), FORMAT_VERSION));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
