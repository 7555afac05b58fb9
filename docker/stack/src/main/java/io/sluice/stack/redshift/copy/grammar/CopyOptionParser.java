package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.Token.Kind;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What follows COPY's source. Each option may be given once. */
final class CopyOptionParser {
  private static final int LARGEST_MAXERROR = 100_000;
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/.+");

  /** A byte of ASCII as {@code \ddd}. */
  private static final Pattern OCTAL = Pattern.compile("\\\\[01][0-7]{2}");

  private static final Set<String> FORMATS =
      Set.of("CSV", "JSON", "AVRO", "PARQUET", "ORC", "SHAPEFILE", "FIXEDWIDTH");

  private final TokenCursor cursor;
  private final CopyOptions options;
  private final Map<String, Runnable> parsers = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  CopyOptionParser(TokenCursor cursor, CopyOptions options) {
    this.cursor = cursor;
    this.options = options;
    for (Flag flag : Flag.values()) {
      parsers.put(flag.name(), () -> options.set(flag));
    }
    parsers.remove(Flag.EXPLICIT_IDS.name());
    registerFormats();
    registerAuthorization();
    registerConversions();
  }

  /** Parses the option at the cursor. */
  void option() {
    Token word = cursor.peek();
    if (word.kind() != Kind.WORD) {
      throw SqlRefusal.syntaxAt(word);
    }
    String name = word.text().toUpperCase(Locale.ROOT);
    Runnable parser = parsers.get(name);
    if (parser == null) {
      throw SqlRefusal.syntaxAt(word);
    }
    boolean secondFormat = FORMATS.contains(name) && !Collections.disjoint(seen, FORMATS);
    if (secondFormat || !seen.add(name)) {
      throw SqlRefusal.syntax("conflicting or redundant options", word.start());
    }
    cursor.next();
    parser.run();
  }

  /**
   * Refuses combinations that Redshift refuses, and by name what the stand-in does not carry out.
   */
  void check() {
    if (options.format() == Format.CSV) {
      for (Flag flag : new Flag[] {Flag.ESCAPE, Flag.REMOVEQUOTES}) {
        if (options.has(flag)) {
          throw SqlRefusal.syntax("CSV is not compatible with " + flag, 0);
        }
      }
      if (options.delimiter() == options.quote()) {
        throw SqlRefusal.syntax("DELIMITER and QUOTE must differ", 0);
      }
    } else {
      throw notInStandIn(
          "format " + (options.format() == Format.DELIMITED ? "DELIMITER" : options.format()));
    }
    if (options.compression() == Compression.LZOP || options.compression() == Compression.BZIP2) {
      throw notInStandIn(options.compression().name());
    }
    if (!options.encoding().equals("UTF8")) {
      throw notInStandIn("ENCODING " + options.encoding());
    }
    if (!seen.contains("AUTHORIZATION")) {
      throw SqlRefusal.of(
          "42601", "No authorization was given: COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID");
    }
  }

  private void registerFormats() {
    parsers.put(
        "FORMAT",
        () -> {
          cursor.accept("AS");
          Token word = cursor.peek();
          if (!isFormat(word)) {
            throw SqlRefusal.syntaxAt(word);
          }
          option();
        });
    parsers.put("CSV", this::csv);
    parsers.put(
        "JSON",
        () -> {
          options.format(Format.JSON);
          cursor.accept("AS");
          cursor.expectString();
        });
    parsers.put(
        "AVRO",
        () -> {
          options.format(Format.AVRO);
          cursor.accept("AS");
          cursor.expectString();
        });
    parsers.put("PARQUET", () -> options.format(Format.PARQUET));
    parsers.put("ORC", () -> options.format(Format.ORC));
    parsers.put("SHAPEFILE", () -> options.format(Format.SHAPEFILE));
    parsers.put(
        "FIXEDWIDTH",
        () -> {
          options.format(Format.FIXEDWIDTH);
          string();
        });
    for (Compression compression : Compression.values()) {
      if (compression != Compression.NONE) {
        parsers.put(compression.name(), () -> compression(compression));
      }
    }
  }

  private static boolean isFormat(Token word) {
    return word.is("DELIMITER")
        || (word.kind() == Kind.WORD && FORMATS.contains(word.text().toUpperCase(Locale.ROOT)));
  }

  private void csv() {
    options.format(Format.CSV);
    if (cursor.accept("QUOTE")) {
      options.quote(character());
    }
  }

  private void compression(Compression compression) {
    if (options.compression() != Compression.NONE) {
      throw SqlRefusal.syntax("conflicting or redundant options", cursor.peek().start());
    }
    options.compression(compression);
  }

  private void registerAuthorization() {
    parsers.put("IAM_ROLE", this::role);
    parsers.put("CREDENTIALS", () -> credentials(string()));
    parsers.put(
        "ACCESS_KEY_ID",
        () -> {
          seen.add("AUTHORIZATION");
          string();
        });
    for (String name :
        new String[] {"SECRET_ACCESS_KEY", "SESSION_TOKEN", "MASTER_SYMMETRIC_KEY", "REGION"}) {
      parsers.put(name, this::string);
    }
    parsers.put(
        "ENCRYPTED",
        () -> {
          throw notInStandIn("ENCRYPTED");
        });
    parsers.put("READRATIO", cursor::expectInteger);
  }

  private void role() {
    seen.add("AUTHORIZATION");
    if (cursor.accept("DEFAULT")) {
      return;
    }
    String role = cursor.expectString();
    boolean known = role.equalsIgnoreCase("default");
    for (String part : role.split(",", -1)) {
      known |= ROLE.matcher(part.strip()).matches();
    }
    if (!known) {
      throw SqlRefusal.of("42601", "Invalid IAM_ROLE: '" + role + "' is not the ARN of a role");
    }
  }

  /** The text is never repeated in an error: it may hold a secret. */
  private void credentials(String text) {
    seen.add("AUTHORIZATION");
    boolean keys = text.contains("aws_access_key_id=") && text.contains("aws_secret_access_key=");
    if (!keys && !text.contains("aws_iam_role=")) {
      throw SqlRefusal.of(
          "42601",
          "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
              + " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'");
    }
  }

  private void registerConversions() {
    parsers.put("DELIMITER", () -> options.delimiter(character()));
    parsers.put("QUOTE", () -> options.quote(character()));
    parsers.put(
        "NULL",
        () -> {
          cursor.accept("AS");
          options.nullText(cursor.expectString());
        });
    parsers.put("DATEFORMAT", () -> options.dateFormat(string()));
    parsers.put("TIMEFORMAT", () -> options.timeFormat(string()));
    parsers.put("ENCODING", this::encoding);
    parsers.put(
        "ACCEPTANYDATE",
        () -> {
          throw notInStandIn("ACCEPTANYDATE");
        });
    parsers.put("ACCEPTINVCHARS", this::acceptInvalidCharacters);
    parsers.put("EXPLICIT_IDS", () -> options.set(Flag.EXPLICIT_IDS));
    parsers.put("IGNOREHEADER", () -> options.ignoredHeaderLines(number()));
    parsers.put("MAXERROR", this::maximumErrors);
    parsers.put("COMPROWS", this::number);
    parsers.put("COMPUPDATE", this::onOff);
    parsers.put("STATUPDATE", this::onOff);
  }

  private void encoding() {
    cursor.accept("AS");
    options.encoding(
        cursor.peek().kind() == Kind.STRING ? cursor.expectString() : cursor.expectName().text());
  }

  private void acceptInvalidCharacters() {
    cursor.accept("AS");
    options.replacement(cursor.peek().kind() == Kind.STRING ? character() : '?');
  }

  private void maximumErrors() {
    Token token = cursor.peek(cursor.at("AS") ? 1 : 0);
    int limit = number();
    if (limit > LARGEST_MAXERROR) {
      throw SqlRefusal.syntax("MAXERROR must be between 0 and " + LARGEST_MAXERROR, token.start());
    }
    options.maximumErrors(limit);
  }

  private void onOff() {
    Token word = cursor.peek();
    if (word.is("ON")
        || word.is("OFF")
        || word.is("TRUE")
        || word.is("FALSE")
        || word.is("PRESET")) {
      cursor.next();
    }
  }

  private int number() {
    cursor.accept("AS");
    return cursor.expectInteger();
  }

  private String string() {
    cursor.accept("AS");
    return cursor.expectString();
  }

  private char character() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String text = cursor.expectString();
    if (text.equals("\\t")) {
      return '\t';
    }
    if (OCTAL.matcher(text).matches()) {
      return (char) Integer.parseInt(text.substring(1), 8);
    }
    if (text.length() != 1 || text.charAt(0) > 127) {
      throw SqlRefusal.syntax(
          "a single ASCII character is needed, not '" + text + "'", token.start());
    }
    return text.charAt(0);
  }

  private static SqlRefusal notInStandIn(String what) {
    return SqlRefusal.notSupported("COPY with " + what + " is not in the stand-in");
  }
}
