package io.sluice.writer.map;

import static io.sluice.writer.map.Records.mapping;
import static io.sluice.writer.map.Records.record;
import static io.sluice.writer.map.Records.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TableMapping;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainRowTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "JSON ! {\"a\":1} ! {\"a\":1}",
        "JSON ! $n {\"a\":{\"}\":\"\\\"{\"}}$r$n ! {\"a\":{\"}\":\"\\\"{\"}}",
        "JSON ! {no check of more than this} ! {no check of more than this}",
        "CSV ! 1,two,3$n ! 1,two,3",
        "CSV ! 1,\"two$nlines \"\"quoted\"\"\" ! 1,\"two$nlines \"\"quoted\"\"\"",
        "DELIMITED ! 1|two\\$nlines|\\\\ ! 1|two\\$nlines|\\\\"
      })
  void handsOneRowThroughWithoutItsLineEnd(Format format, String record, String row)
      throws RejectException {
    assertThat(rows(mapping(plain(format)), record(bytes(record))))
        .containsExactly("public.t: " + bytes(row));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "JSON ! ~~ ! EMPTY",
        "JSON ! [1] ! NOT_ONE_ROW",
        "JSON ! {\"a\":1} {\"a\":2} ! NOT_ONE_ROW",
        "JSON ! {\"a\":$n1} ! NOT_ONE_ROW",
        "JSON ! {\"a\":1 ! NOT_ONE_ROW",
        "JSON ! {\"a\":\"} ! NOT_ONE_ROW",
        "JSON ! ~\ufeff{}~ ! NOT_ONE_ROW",
        "CSV ! $n$r ! EMPTY",
        "CSV ! 1$n2 ! NOT_ONE_ROW",
        "CSV ! 1,\"open ! NOT_ONE_ROW",
        "CSV ! 1,\"open$n ! NOT_ONE_ROW",
        "DELIMITED ! 1|two$nlines ! NOT_ONE_ROW",
        "DELIMITED ! 1|two\\ ! NOT_ONE_ROW",
        "DELIMITED ! 1|two\\$n ! NOT_ONE_ROW"
      })
  void refusesWhatWouldNotBeOneRow(Format format, String record, RejectReason reason) {
    assertThatThrownBy(() -> rows(mapping(plain(format)), record(bytes(record))))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static String bytes(String text) {
    return text.replace("$n", "\n").replace("$r", "\r");
  }

  private static TableMapping plain(Format format) {
    String delimiter = format == Format.CSV ? "," : format == Format.DELIMITED ? "|" : null;
    String nullAs = format == Format.JSON ? null : "\\N";
    return TableMapping.plain(
        TableName.parse("t"),
        new FileFormat(format, Compression.ZSTD, delimiter, nullAs),
        0,
        List.of());
  }
}
