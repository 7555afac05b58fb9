package io.sluice.stack.redshift.copy.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;
import java.io.IOException;

/** SUPER, which in CSV is one JSON value. */
final class SuperConverter implements FieldConverter {
  private static final JsonFactory JSON = new JsonFactory();

  /** The one character that JSON can hold and the database's JSON cannot. */
  private static final String NUL = "\0";

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    try (JsonParser parser = JSON.createParser(field, from, to - from)) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw malformed();
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (hasNul(parser, token)) {
          throw malformed();
        }
      } while (depth > 0);
      if (parser.nextToken() != null) {
        throw malformed();
      }
    } catch (IOException e) {
      throw malformed();
    }
    out.escaped(field, from, to);
  }

  private static boolean hasNul(JsonParser parser, JsonToken token) throws IOException {
    return (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME)
        && parser.getText().contains(NUL);
  }

  private static LoadRefusal malformed() {
    return new LoadRefusal(Code.SUPER, "Invalid JSON format for SUPER");
  }
}
