package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Encoding;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.FieldNames;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.Token.Kind;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What follows COPY's source. Each option may be given once. */
final class CopyOptionParser {
  private static final int LARGEST_MAXERROR = 100_000;
  private static final int LEAST_COMPROWS = 1000;
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  private final TokenCursor cursor;
  private final CopyOptions options;
  private final CopyAuthorization authorization;
  private final CopyStrings strings;
  private final Map<String, Runnable> parsers = new HashMap<>();
  private final Map<String, Token> given = new LinkedHashMap<>();

  CopyOptionParser(TokenCursor cursor, CopyOptions options) {
    this.cursor = cursor;
    this.options = options;
    this.strings = new CopyStrings(cursor);
    this.authorization = new CopyAuthorization(cursor);
    for (Flag flag : Flag.values()) {
      parsers.put(flag.name(), () -> options.set(flag));
    }
    registerFormats();
    parsers.putAll(authorization.parsers());
    registerSource();
    registerConversions();
    registerOperations();
  }

  /** Parses the option at the cursor. */
  void option() {
    if (cursor.at("WITH", "CREDENTIALS")) {
      cursor.next();
    }
    Token word = cursor.peek();
    Runnable parser =
        word.kind() == Kind.WORD ? parsers.get(word.text().toUpperCase(Locale.ROOT)) : null;
    if (parser == null) {
      throw SqlRefusal.syntaxAt(word);
    }
    if (given.putIfAbsent(word.text().toUpperCase(Locale.ROOT), word) != null) {
      throw conflicting(word);
    }
    cursor.next();
    parser.run();
  }

  /**
   * Refuses combinations that Redshift refuses, and by name what the stand-in does not carry out.
   */
  void check() {
    new CopyExclusions(options, given).check();
    authorization.check(given);
  }

  private static SqlRefusal conflicting(Token token) {
    return SqlRefusal.syntax("conflicting or redundant options", token.start());
  }

  private void registerFormats() {
    parsers.put("FORMAT", this::format);
    parsers.put("CSV", () -> format(Format.CSV, this::csvQuote));
    parsers.put("JSON", () -> format(Format.JSON, this::fieldNames));
    parsers.put("AVRO", () -> format(Format.AVRO, this::fieldNames));
    parsers.put("PARQUET", () -> format(Format.PARQUET, () -> {}));
    parsers.put("ORC", () -> format(Format.ORC, () -> {}));
    parsers.put("SHAPEFILE", () -> format(Format.SHAPEFILE, this::simplify));
    parsers.put("FIXEDWIDTH", () -> format(Format.FIXEDWIDTH, strings::string));
    parsers.put("DELIMITER", () -> options.delimiter(strings.delimiter()));
    parsers.put("QUOTE", () -> options.quote(strings.character()));
    for (Compression compression : Compression.values()) {
      if (compression != Compression.NONE) {
        parsers.put(compression.name(), () -> compression(compression));
      }
    }
  }

  /** Behind FORMAT, or FORMAT AS, the format itself must stand. */
  private void format() {
    cursor.accept("AS");
    Token word = cursor.peek();
    boolean known = word.is("DELIMITER");
    for (Format format : Format.values()) {
      known |= format != Format.DELIMITED && word.is(format.name());
    }
    if (!known) {
      throw SqlRefusal.syntaxAt(word);
    }
    option();
  }

  private void format(Format format, Runnable rest) {
    if (options.format() != Format.DELIMITED) {
      throw conflicting(given.get(format.name()));
    }
    options.format(format);
    rest.run();
  }

  private void csvQuote() {
    Token word = cursor.peek();
    if (cursor.accept("QUOTE")) {
      given.put("QUOTE", word);
      options.quote(strings.character());
    }
  }

  /** The argument of JSON and AVRO, 'auto' if there is none. */
  private void fieldNames() {
    cursor.accept("AS");
    if (cursor.peek().kind() != Kind.STRING) {
      return;
    }
    Token token = cursor.peek();
    String text = cursor.expectString();
    switch (text) {
      case "auto" -> options.fieldNames(FieldNames.EXACT);
      case "auto ignorecase" -> options.fieldNames(FieldNames.IGNORING_CASE);
      case "noshred" -> options.fieldNames(FieldNames.NOSHRED);
      default -> {
        Optional<S3Url> url = S3Url.parse(text).filter(u -> !u.key().isEmpty());
        options.jsonPaths(
            url.orElseThrow(
                () ->
                    SqlRefusal.syntax(
                        "Invalid "
                            + options.format()
                            + " option '"
                            + text
                            + "': 'auto', 'auto ignorecase' or the path of a JSONPaths file in S3",
                        token.start())));
      }
    }
  }

  private void simplify() {
    if (cursor.accept("SIMPLIFY")) {
      cursor.accept("AUTO");
      if (cursor.peek().kind() == Kind.STRING || cursor.peek().kind() == Kind.NUMBER) {
        cursor.next();
      }
    }
  }

  private void compression(Compression compression) {
    if (options.compression() != Compression.NONE) {
      throw conflicting(given.get(compression.name()));
    }
    options.compression(compression);
  }

  private void registerSource() {
    parsers.put("REGION", this::region);
    parsers.put("ENCRYPTED", () -> {});
    parsers.put("MASTER_SYMMETRIC_KEY", strings::string);
    parsers.put("SSH", () -> {});
    parsers.put("READRATIO", strings::number);
  }

  private void region() {
    Token token = cursor.peek(cursor.at("AS") ? 1 : 0);
    if (!REGION.matcher(strings.string()).matches()) {
      throw SqlRefusal.syntax("REGION needs the name of an AWS Region", token.start());
    }
  }

  private void registerConversions() {
    parsers.put("NULL", () -> options.nullText(strings.nullText()));
    parsers.put("DATEFORMAT", () -> options.dateFormat(strings.string()));
    parsers.put("TIMEFORMAT", () -> options.timeFormat(strings.string()));
    parsers.put("ENCODING", this::encoding);
    parsers.put("ACCEPTINVCHARS", this::acceptInvalidCharacters);
    parsers.put("IGNOREHEADER", () -> options.ignoredHeaderLines(strings.number()));
  }

  private void registerOperations() {
    parsers.put("MAXERROR", this::maximumErrors);
    parsers.put("COMPROWS", this::compressionRows);
    parsers.put("COMPUPDATE", () -> onOff(Set.of("PRESET", "ON", "TRUE", "OFF", "FALSE")));
    parsers.put("STATUPDATE", () -> onOff(Set.of("ON", "TRUE", "OFF", "FALSE")));
  }

  private void encoding() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String name = token.kind() == Kind.STRING ? cursor.expectString() : cursor.expectName().text();
    for (Encoding encoding : Encoding.values()) {
      if (encoding.name().equalsIgnoreCase(name.replace("-", ""))) {
        options.encoding(encoding);
        return;
      }
    }
    throw SqlRefusal.syntax("Invalid encoding '" + name + "'", token.start());
  }

  private void acceptInvalidCharacters() {
    boolean as = cursor.accept("AS");
    boolean named = as || cursor.peek().kind() == Kind.STRING;
    options.replacement(named ? strings.character() : '?');
  }

  private void maximumErrors() {
    Token token = cursor.peek(cursor.at("AS") ? 1 : 0);
    int limit = strings.number();
    if (limit > LARGEST_MAXERROR) {
      throw SqlRefusal.syntax("MAXERROR must be between 0 and " + LARGEST_MAXERROR, token.start());
    }
    options.maximumErrors(limit);
  }

  private void compressionRows() {
    Token token = cursor.peek();
    if (strings.number() < LEAST_COMPROWS) {
      throw SqlRefusal.syntax("COMPROWS must be between 1000 and 2147483647", token.start());
    }
  }

  private void onOff(Set<String> values) {
    Token word = cursor.peek();
    if (word.kind() == Kind.WORD && values.contains(word.text().toUpperCase(Locale.ROOT))) {
      cursor.next();
    }
  }
}
