package io.sluice.stack.redshift.copy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stack.redshift.InMemoryObjects;
import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.convert.CopyText;
import io.sluice.stack.redshift.copy.convert.RowConverter;
import io.sluice.stack.redshift.copy.format.RowFormats;
import io.sluice.stack.redshift.copy.format.RowReader;
import io.sluice.stack.redshift.copy.fuzz.FuzzFiles.Format;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyParser;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.sql.Lexer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random files through reader and converter. A failure names its seed: {@code -Dfuzz.seed=N} runs
 * from it again, {@code -Dfuzz.files=N} runs longer.
 */
@Timeout(120)
class CopyFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
  private static final int FILES = Integer.getInteger("fuzz.files", 150);
  private static final int ROWS = 40;
  private static final Set<Integer> CODES =
      Arrays.stream(LoadError.values()).map(LoadError::code).collect(Collectors.toSet());

  @ParameterizedTest
  @EnumSource
  void whatTheRulesAcceptComesOutAsItself(Format format) throws Exception {
    for (long seed = SEED; seed < SEED + FILES; seed++) {
      FuzzFiles files = new FuzzFiles(seed, format, ROWS);
      List<String> refusals = new ArrayList<>();

      List<List<String>> actual = load(files, format, files.file(), refusals);

      assertThat(refusals).as("seed %d", seed).isEmpty();
      assertThat(files.differences(actual)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokenFilesGiveDocumentedErrorsAndValidRows(Format format) throws Exception {
    int broken = 0;
    for (long seed = SEED; seed < SEED + FILES; seed++) {
      FuzzFiles files = new FuzzFiles(seed, format, ROWS);
      List<String> refusals = new ArrayList<>();

      List<List<String>> rows = load(files, format, files.mutated(), refusals);

      for (List<String> row : rows) {
        assertThat(row).as("seed %d", seed).hasSameSizeAs(files.types());
        for (int i = 0; i < row.size(); i++) {
          String value = row.get(i);
          assertThat(value == null || files.types().get(i).isValid(value))
              .as("seed %d: %s as %s", seed, value, files.types().get(i))
              .isTrue();
        }
      }
      broken += refusals.size();
    }
    assertThat(broken).as("seed %d", SEED).isPositive();
  }

  private static List<List<String>> load(
      FuzzFiles files, Format format, byte[] file, List<String> refusals) throws Exception {
    List<TargetColumn> columns = new ArrayList<>();
    for (int i = 0; i < files.types().size(); i++) {
      ColumnType type = ColumnType.parse(files.types().get(i).postgresName());
      columns.add(new TargetColumn("c" + i, type, false, false));
    }
    String sql = "copy t from 's3://lake/f' iam_role default " + format.options();
    CopyOptions options = CopyParser.parse(Lexer.tokens(sql)).options();
    RowReader reader = RowFormats.of(options, columns, new InMemoryObjects()).open(trickling(file));
    RowConverter converter = new RowConverter(columns, options);
    CopyText out = new CopyText();
    for (int steps = 0; ; steps++) {
      assertThat(steps).as("an end").isLessThanOrEqualTo(file.length + 1);
      try {
        if (!reader.next()) {
          return decoded(out);
        }
        if (!reader.isBlank()) {
          converter.convert(reader.row(), out);
        }
      } catch (LoadRefusal e) {
        assertThat(CODES).contains(e.code());
        refusals.add(e.code() + " " + e.getMessage() + ": " + reader.rawLine());
      }
    }
  }

  /**
   * Gives a few bytes at a time, so that the window on the file moves in the midst of everything.
   */
  private static InputStream trickling(byte[] file) {
    Random random = new Random(file.length);
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(40)));
      }
    };
  }

  /** Rows of PostgreSQL's COPY text, which parts fields by tabs and escapes with backslashes. */
  private static List<List<String>> decoded(CopyText out) {
    List<List<String>> rows = new ArrayList<>();
    String text = new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        rows.add(
            Arrays.stream(line.split("\t", -1))
                .map(CopyFuzzTest::unescaped)
                .collect(ArrayList::new, List::add, List::addAll));
      }
    }
    return rows;
  }

  private static String unescaped(String field) {
    if (field.equals("\\N")) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        c = field.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
      }
      text.append(c);
    }
    return text.toString();
  }
}
