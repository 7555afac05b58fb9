package io.sluice.stack.redshift.copy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From "Data format parameters", "COPY from JSON format" and "COPY examples" of the guide. */
class JsonReaderTest extends FormatCase {
  private static final List<TargetColumn> CATEGORY =
      columns(
          "catid integer",
          "catgroup character varying(99)",
          "catname character varying(99)",
          "catdesc character varying(99)");
  private static final List<TargetColumn> ONE = columns("a character varying(99)");
  private static final String BAD = "1216: Invalid value.";

  @Test
  void readsTheGuidesObjects() throws Exception {
    String file =
        """
        {
            "catdesc": "Major League Baseball",
            "catid": 1,
            "catgroup": "Sports",
            "catname": "MLB"
        }
        {
            "catgroup": "Sports",
            "catid": 2,
            "catname": "NHL",
            "catdesc": "National Hockey League"
        }{
            "bogus": "Bogus Sports LLC",
            "catid": 4,
            "catgroup": "Sports",
            "CatName": "NBA"
        }
        """;

    assertThat(rows("json 'auto'", CATEGORY, file))
        .containsExactly(
            "1¦Sports¦MLB¦Major League Baseball",
            "2¦Sports¦NHL¦National Hockey League",
            "4¦Sports¦<null>¦<null>");
    assertThat(rows("json 'auto ignorecase'", CATEGORY, file).get(2))
        .isEqualTo("4¦Sports¦NBA¦<null>");
  }

  @Test
  void readsTheGuidesArrays() throws Exception {
    objects.put("p", "{\"jsonpaths\": [\"$[0]\", \"$[1]\", \"$[2]\", \"$[3]\"]}");

    assertThat(
            rows(
                "json 's3://lake/p'",
                CATEGORY,
                "[1,\"Sports\",\"MLB\",null]\n[2,\"Sports\",\"NHL\"]\n"))
        .containsExactly(
            "1¦Sports¦MLB¦<null>",
            "1216: Invalid JSONPath format: Not an array or index out of range.");
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        arguments("\"$['tags']\", \"$['friends'][1]\", \"$['id']\", \"$['friends'][0]['name']\""),
        arguments("\"$.tags\", \"$.friends[1]\", \"$.id\", \"$.friends[0].name\""));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void followsPathsOfBothNotations(String paths) throws Exception {
    objects.put("p", "{\"jsonpaths\": [" + paths + "]}");
    String file =
        """
        {
            "id": 0,
            "tags": [
                "nisi",
                "culpa"
            ],
            "friends": [
                {
                    "id": 0,
                    "name": "Martha Rivera"
                },
                {
                    "id": 1,
                    "name": "Renaldo"
                }
            ]
        }
        """;

    assertThat(rows("json 's3://lake/p'", CATEGORY, file))
        .containsExactly("[\"nisi\",\"culpa\"]¦{\"id\": 1,\"name\": \"Renaldo\"}¦0¦Martha Rivera");
  }

  @Test
  void goesByNameIfTheFileHasAnotherKey() throws Exception {
    objects.put("p", "{\"paths\": []}");

    assertThat(rows("json 's3://lake/p'", ONE, "{\"a\":1}")).containsExactly("1");
  }

  static Stream<Arguments> wrongPaths() {
    return Stream.of(
        arguments("{\"jsonpaths\": [\"$.a\"", "Invalid JSONPaths file"),
        arguments("{\"jsonpaths\": [\"$.a\"]} x", "Invalid JSONPaths file"),
        arguments("{\"jsonpaths\": [\"$.a\"]}{}", "Invalid JSONPaths file"),
        arguments("[\"$.a\"]", "Invalid JSONPaths file"),
        arguments(
            "{\"jsonpaths\": [\"$.a\", \"$.b\"]}",
            "Number of jsonpaths and the number of columns should match. JSONPath size: 2, Number of"
                + " columns in table or column list: 1"),
        arguments("{\"jsonpaths\": [\"\"]}", "Invalid JSONPath format. Supported notations"),
        arguments("{\"jsonpaths\": [7]}", "Invalid JSONPath format. Supported notations"),
        arguments("{\"jsonpaths\": [\"$.*\"]}", "Invalid JSONPath format. Supported notations"),
        arguments("{\"jsonpaths\": [\"a\"]}", "Invalid JSONPath format. Supported notations"),
        arguments(
            "{\"jsonpaths\": [\"$['a'].b\"]}", "Invalid JSONPath format. Supported notations"),
        arguments("{\"jsonpaths\": [\"$..a\"]}", "Invalid JSONPath format. Supported notations"));
  }

  @ParameterizedTest
  @MethodSource("wrongPaths")
  void refusesAWrongJsonPathsFile(String file, String message) {
    objects.put("p", file);

    assertThatThrownBy(() -> rows("json 's3://lake/p'", ONE, "{}"))
        .isInstanceOf(CopyFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAMissingJsonPathsFile() {
    assertThatThrownBy(() -> rows("json 's3://lake/none'", ONE, "{}"))
        .hasMessageContaining("The specified key does not exist.,Status 404,Error NoSuchKey");
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("{\"a\": \"This is a backslash: \\\\\"}", "This is a backslash: \\"),
        arguments(
            "{\"a\": \"two\\nlines\\tand \\\"quotes\\\" \\/ \\b\\f\\r\"}",
            "two\nlines\tand \"quotes\" / \b\f\r"),
        arguments("{\"a\": \"\\u00e9\\u65e5\\uD83D\\uDE00\\u0041\"}", "é日😀A"),
        arguments("{\"a\": \"é日😀\"}", "é日😀"),
        arguments("{\"a\": \"\"}", ""),
        arguments("{\"a\": null}", "<null>"),
        arguments("{\"b\": 1}", "<null>"),
        arguments("{}", "<null>"),
        arguments("{\"A\": 1}", "<null>"),
        arguments("{\"\\u0061\": 1}", "1"),
        arguments("{\"a\": true}", "true"),
        arguments("{\"a\": -1.50e+3}", "-1.50e+3"),
        arguments(
            "{\"a\": {\"b\" : [1, {\"c\": \" } \\\" \"}]}}", "{\"b\": [1,{\"c\": \" } \\\" \"}]}"),
        arguments("{\"a\": []}", "[]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsValues(String file, String expected) throws Exception {
    assertThat(rows("json 'auto'", ONE, file)).containsExactly(expected);
  }

  @Test
  void givesSuperTheJsonItselfAndWritesExponentsOut() throws Exception {
    List<TargetColumn> columns = columns("s jsonb", "i bigint", "n numeric(9,2)", "f real");

    assertThat(
            rows(
                "json 'auto'",
                columns,
                "{\"s\": \"x\\n\", \"i\": 1e3, \"n\": 12.5E-1, \"f\": 1e3}"
                    + "{\"s\": {\"k\": [ 1 ]}, \"i\": 1e9999, \"n\": 1}"))
        .containsExactly("\"x\\n\"¦1000¦1.25¦1e3", "{\"k\": [ 1 ]}¦1e9999¦1¦<null>");
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("{\"a\": 1}, {\"a\": 2}", List.of("1", BAD, "2")),
        arguments("x {\"a\": 2} y", List.of(BAD, "2", BAD)),
        arguments("{\"a\" 1}{\"a\": 2}", List.of(BAD, "2")),
        arguments("{\"a\": 1,}{\"a\": 2}", List.of(BAD, "2")),
        arguments("{a: 1}{\"a\": 2}", List.of(BAD, "2")),
        arguments("{'a': 1}{\"a\": 2}", List.of(BAD, "2")),
        arguments("{\"a\": 01}", List.of(BAD)),
        arguments("{\"a\": +1}", List.of(BAD)),
        arguments("{\"a\": 1.}", List.of(BAD)),
        arguments("{\"a\": nul}", List.of(BAD)),
        arguments("{\"a\": \"\\x\"}", List.of(BAD)),
        arguments("{\"a\": \"\\u12\"}", List.of(BAD)),
        arguments("{\"a\": \"line\nbreak\"}{\"a\": 2}", List.of(BAD, "2")),
        arguments("{\"a\": [1}{\"a\": 2}", List.of(BAD)),
        arguments("{\"a\": 1", List.of(BAD)),
        arguments("{\"a\": \"1", List.of(BAD)),
        arguments("{\"a\": " + "[".repeat(2000) + "]".repeat(2000) + "}", List.of(BAD)),
        arguments(
            "[{\"a\": 1}, {\"a\": 2}]",
            List.of("1216: Invalid JSONPath format: Member is not an object.")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNoJsonAndGoesOn(String file, List<String> expected) throws Exception {
    assertThat(rows("json 'auto'", ONE, file)).isEqualTo(expected);
  }

  @Test
  void refusesADocumentOfMoreThanFourMegabytes() throws Exception {
    String file = "{\"a\": \"" + "x".repeat(5 << 20) + "\"}\n{\"a\": 2}\n";

    assertThat(rows("json 'auto'", ONE, file))
        .containsExactly("1216: Input line is longer than 4 MB", "2");
  }

  @Test
  void countsTheLastLineOfADocument() throws Exception {
    RowReader reader =
        reader(
            "json 'auto' ignoreheader 1",
            ONE,
            "head\n{\n\"a\": 1\n}\n\n{\"a\":2}".getBytes(StandardCharsets.UTF_8));

    assertThat(reader.next()).isTrue();
    assertThat(reader.line()).isEqualTo(4);
    assertThat(reader.rawLine()).isEqualTo("{\n\"a\": 1\n}");
    assertThat(reader.next()).isTrue();
    assertThat(reader.line()).isEqualTo(6);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void readsDocumentsAcrossItsBuffer() throws Exception {
    String document =
        "{\"x\": [\"" + "]}\\\"".repeat(500) + "\"], \"a\": \"" + "é".repeat(49) + "\"} \n ";

    assertThat(rows("json 'auto'", ONE, document.repeat(200)))
        .hasSize(200)
        .containsOnly("é".repeat(49));
  }
}
