package io.sluice.stack.kinesis.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How messages are written. The two formats differ in bytes (base64 text or raw) and in times: JSON
 * has seconds with a fraction (and takes milliseconds, too), CBOR has milliseconds under tag 1, as
 * the SDK for Java v1 writes and reads them.
 */
enum WireFormat {
  JSON("application/x-amz-json-1.1", JsonMapper.builder().build()) {
    /**
     * The SDK for Java v1 asks for times in milliseconds but reads answers in seconds; other
     * clients ask in seconds. As seconds this number would be the year 5138, as milliseconds it is
     * 1973.
     */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("1e11");

    @Override
    void write(Instant time, JsonGenerator out) throws IOException {
      out.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
    }

    @Override
    Instant readTime(JsonParser in) throws IOException {
      BigDecimal number = in.getDecimalValue();
      boolean millis = number.compareTo(FIRST_MILLIS) >= 0;
      return Instant.ofEpochMilli((millis ? number : number.movePointRight(3)).longValue());
    }
  },

  CBOR("application/x-amz-cbor-1.1", CBORMapper.builder().build()) {
    private static final int EPOCH_TIME_TAG = 1;

    @Override
    void write(Instant time, JsonGenerator out) throws IOException {
      ((CBORGenerator) out).writeTag(EPOCH_TIME_TAG);
      out.writeNumber(time.toEpochMilli());
    }

    @Override
    Instant readTime(JsonParser in) throws IOException {
      return Instant.ofEpochMilli(in.getLongValue());
    }
  };

  private final String contentType;

  @SuppressWarnings("ImmutableEnumChecker") // Set up in the constructor and never again.
  private final ObjectMapper mapper;

  WireFormat(String contentType, ObjectMapper mapper) {
    this.contentType = contentType;
    this.mapper =
        mapper
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(times());
  }

  /** The format of a content type; JSON unless it says CBOR. */
  static WireFormat of(String contentType) {
    boolean cbor =
        contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(CBOR.contentType);
    return cbor ? CBOR : JSON;
  }

  String contentType() {
    return contentType;
  }

  /**
   * Reads a request.
   *
   * @throws KinesisException if the bytes are not such a request
   * @throws IOException if the caller cannot be read from
   */
  <T> T read(InputStream body, Class<T> type) throws IOException {
    try {
      T read = mapper.readValue(body, type);
      if (read == null) {
        throw new KinesisException(Kind.SERIALIZATION, "the request has no content");
      }
      return read;
    } catch (InvalidFormatException e) {
      throw e.getTargetType().isEnum() ? notInEnum(e) : malformed(e);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private static KinesisException malformed(JsonProcessingException e) {
    return new KinesisException(Kind.SERIALIZATION, e.getOriginalMessage(), e);
  }

  /** A word that is not in the list of those allowed is well-formed, but not valid. */
  private static KinesisException notInEnum(InvalidFormatException e) {
    String member =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
            .collect(Collectors.joining("."));
    return new KinesisException(
        Kind.VALIDATION,
        ("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must"
                + " satisfy enum value set: %s")
            .formatted(e.getValue(), member, Arrays.toString(e.getTargetType().getEnumConstants())),
        e);
  }

  byte[] write(Object answer) {
    try {
      return mapper.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + answer.getClass(), e);
    }
  }

  abstract void write(Instant time, JsonGenerator out) throws IOException;

  abstract Instant readTime(JsonParser in) throws IOException;

  private SimpleModule times() {
    return new SimpleModule()
        .addSerializer(Instant.class, new TimeSerializer(this))
        .addDeserializer(Instant.class, new TimeDeserializer(this));
  }

  private static final class TimeSerializer extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    private final WireFormat format;

    TimeSerializer(WireFormat format) {
      super(Instant.class);
      this.format = format;
    }

    @Override
    public void serialize(Instant time, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      format.write(time, out);
    }
  }

  private static final class TimeDeserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    private final WireFormat format;

    TimeDeserializer(WireFormat format) {
      super(Instant.class);
      this.format = format;
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return format.readTime(in);
    }
  }
}
