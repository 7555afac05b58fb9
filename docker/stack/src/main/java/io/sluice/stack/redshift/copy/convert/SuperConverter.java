package io.sluice.stack.redshift.copy.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.io.IOException;

/** SUPER, which in CSV is one JSON value. */
final class SuperConverter implements FieldConverter {
  private static final JsonFactory JSON = new JsonFactory();

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
        if (isBeyondTheDatabase(parser, token)) {
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

  /** NUL and halves of characters: JSON can hold them, the database's JSON cannot. */
  private static boolean isBeyondTheDatabase(JsonParser parser, JsonToken token)
      throws IOException {
    if (token != JsonToken.VALUE_STRING && token != JsonToken.FIELD_NAME) {
      return false;
    }
    return parser
        .getText()
        .codePoints()
        .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  private static LoadRefusal malformed() {
    return LoadError.SUPER.refusal();
  }
}
