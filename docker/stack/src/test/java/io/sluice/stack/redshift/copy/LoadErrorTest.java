package io.sluice.stack.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to the letter, with the code of "Load error reference" of the guide. */
class LoadErrorTest {
  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(LoadError.EXTRA_COLUMNS, 1202, "Extra column(s) found"),
        refusal(LoadError.STRING_TOO_LONG, 1204, "String length exceeds DDL length"),
        refusal(LoadError.CHAR_TOO_LONG, 1204, "Char length exceeds DDL length"),
        refusal(LoadError.VARBYTE_TOO_LONG, 1204, "Varbyte length exceeds DDL length"),
        refusal(LoadError.SHORT_DATE, 1205, "Invalid Date Format - length must be 10 or more"),
        refusal(LoadError.DATE, 1205, "Invalid Date Format - [YYYY]", "YYYY"),
        refusal(
            LoadError.TIMESTAMP,
            1206,
            "Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]",
            "YYYY-MM-DD HH24:MI:SS"),
        refusal(
            LoadError.DIGIT,
            1207,
            "Invalid digit, Value 'a', Pos 0, Type: Integer",
            "a",
            0,
            "Integer"),
        refusal(
            LoadError.FLOAT_DIGIT,
            1208,
            "Invalid digit, Value 'x', Pos 3, Type: Double",
            "x",
            3,
            "Double"),
        refusal(LoadError.FLOAT_OVERFLOW, 1208, "Overflow, Type: Float", "Float"),
        refusal(LoadError.DECIMAL_OVERFLOW, 1209, "Overflow for NUMERIC(8,2)", 8, 2),
        refusal(LoadError.BOOLEAN, 1210, "Unknown boolean format"),
        refusal(LoadError.EMPTY_LINE, 1211, "Input line contained no data"),
        refusal(LoadError.NOT_NULL, 1213, "Missing data for not-null field"),
        refusal(LoadError.DELIMITER_NOT_FOUND, 1214, "Delimiter not found"),
        refusal(LoadError.MISSING_END_QUOTE, 1214, "Delimited value missing end quote"),
        refusal(LoadError.CSV_QUOTES, 1214, "Invalid quote formatting for CSV"),
        refusal(
            LoadError.MISSING_NEWLINE,
            1216,
            "Missing newline: Unexpected character 0x74 found at location 51",
            0x74,
            51),
        refusal(LoadError.LINE_TOO_LONG, 1216, "Input line is longer than 4 MB"),
        refusal(LoadError.JSON_VALUE, 1216, "Invalid value."),
        refusal(LoadError.AVRO_FILE, 1216, "Invalid AVRO file found. cut", "cut"),
        refusal(
            LoadError.JSON_NOT_AN_ARRAY,
            1216,
            "Invalid JSONPath format: Not an array or index out of range."),
        refusal(
            LoadError.JSON_NOT_AN_OBJECT,
            1216,
            "Invalid JSONPath format: Member is not an object."),
        refusal(LoadError.NULL_BYTE, 1218, "Invalid null byte - field longer than 1 byte"),
        refusal(LoadError.HEX, 1219, "Invalid hexadecimal value for VARBYTE"),
        refusal(
            LoadError.MULTIBYTE_CHAR,
            1220,
            "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: e0 a1",
            "e0 a1"),
        refusal(
            LoadError.UTF8,
            1220,
            "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: a4 (error 3)",
            "a4",
            3),
        refusal(
            LoadError.ENCODING,
            1221,
            "The encoding of the file is not the one that the COPY command specifies"),
        refusal(
            LoadError.INTEGER_OVERFLOW,
            1222,
            "Overflow (Short valid range -32768 to 32767)",
            "Short",
            -32768,
            32767),
        refusal(LoadError.BINARY, 1223, "Binary data cannot be loaded into a column of this type"),
        refusal(LoadError.SUPER, 1224, "Invalid JSON format for SUPER"),
        refusal(
            LoadError.SUPER_STRING,
            1224,
            "String value exceeds the max size of 65535 bytes",
            65535),
        refusal(LoadError.SCAN, 15001, "Spectrum Scan Error. cut", "cut"),
        refusal(LoadError.SCAN_MISMATCH, 15007, "Spectrum Scan Error. unlike", "unlike"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void tellsCodeAndReason(LoadError error, int code, String reason, Object[] named) {
    LoadRefusal refusal = error.refusal(named);

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessage(reason);
  }

  @Test
  void theTableHoldsAll() {
    assertThat(refusals().map(row -> row.get()[0])).containsExactly((Object[]) LoadError.values());
  }

  private static Arguments refusal(LoadError error, int code, String reason, Object... named) {
    return arguments(error, code, reason, named);
  }
}
