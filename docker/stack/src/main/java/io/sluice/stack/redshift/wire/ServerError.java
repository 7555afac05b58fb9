package io.sluice.stack.redshift.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of an ErrorResponse or NoticeResponse, by their one-letter names. Immutable. */
public final class ServerError {
  private static final char SEVERITY = 'S';
  private static final char SEVERITY_PLAIN = 'V';
  private static final char SQL_STATE = 'C';
  private static final char MESSAGE = 'M';
  private static final char DETAIL = 'D';
  private static final char POSITION = 'P';
  private static final char CONTEXT = 'W';

  private final Map<Character, String> fields;

  private ServerError(Map<Character, String> fields) {
    this.fields = fields;
  }

  /** An error that fails the statement. */
  public static ServerError error(String sqlState, String message) {
    return of("ERROR", sqlState, message);
  }

  /** An error that ends the session. */
  public static ServerError fatal(String sqlState, String message) {
    return of("FATAL", sqlState, message);
  }

  /** A notice at level INFO, as COPY gives it. */
  public static ServerError info(String message) {
    return of("INFO", "00000", message);
  }

  /** Reads the fields of an ErrorResponse or NoticeResponse. */
  public static ServerError read(Message message) {
    Map<Character, String> fields = new LinkedHashMap<>();
    BodyReader body = message.read();
    for (byte field = body.int8(); field != 0; field = body.int8()) {
      fields.put((char) field, body.cstring());
    }
    return new ServerError(fields);
  }

  /** The same with a detail. */
  public ServerError withDetail(String detail) {
    return with(DETAIL, detail);
  }

  /** The same with a position in the statement, counted in characters from 1. */
  public ServerError withPosition(int position) {
    return with(POSITION, Integer.toString(position));
  }

  /** The same without the trail of functions that led to it. */
  public ServerError withoutContext() {
    Map<Character, String> copy = new LinkedHashMap<>(fields);
    copy.remove(CONTEXT);
    return new ServerError(copy);
  }

  public String sqlState() {
    return fields.getOrDefault(SQL_STATE, "");
  }

  public String message() {
    return fields.getOrDefault(MESSAGE, "");
  }

  /** The trail of functions, empty if there is none. */
  public String context() {
    return fields.getOrDefault(CONTEXT, "");
  }

  /** As an ErrorResponse. */
  public Message asError() {
    return encode('E');
  }

  /** As a NoticeResponse. */
  public Message asNotice() {
    return encode('N');
  }

  private Message encode(char type) {
    BodyWriter body = new BodyWriter();
    fields.forEach(
        (name, value) -> body.bytes(new byte[] {(byte) name.charValue()}).cstring(value));
    return body.bytes(new byte[] {0}).message(type);
  }

  private ServerError with(char name, String value) {
    Map<Character, String> copy = new LinkedHashMap<>(fields);
    copy.put(name, value);
    return new ServerError(copy);
  }

  private static ServerError of(String severity, String sqlState, String message) {
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put(SEVERITY, severity);
    fields.put(SEVERITY_PLAIN, severity);
    fields.put(SQL_STATE, sqlState);
    fields.put(MESSAGE, message);
    return new ServerError(fields);
  }
}
