package io.sluice.writer.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.InMemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FileRollerTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void makesNoFileOfNothing() {
    assertThat(roller(1 << 20).finish()).isEmpty();
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void aSmallBatchIsOneFileWithItsCounts() throws IOException {
    FileRoller roller = roller(1 << 20);
    roller.write(bytes("1,a\n2,b\n"), 2);
    roller.write(bytes("3,c\n"), 1);

    List<DataFile> files = roller.finish();

    byte[] body = store.objects().get("folder/f-0");
    CRC32C crc = new CRC32C();
    crc.update(body);
    assertThat(files)
        .containsExactly(
            new DataFile("f-0", 3, body.length, 12, "crc32c:%08x".formatted(crc.getValue())));
    assertThat(unpacked(body)).isEqualTo("1,a\n2,b\n3,c\n");
  }

  @Test
  void rollsAtItsTargetAndKeepsRowsWhole() throws IOException {
    FileRoller roller = roller(200_000);
    Random random = new Random(7);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[400];
      random.nextBytes(noise);
      String row = i + "," + java.util.HexFormat.of().formatHex(noise) + "\n";
      all.append(row);
      roller.write(bytes(row), 1);
    }

    List<DataFile> files = roller.finish();

    StringBuilder read = new StringBuilder();
    for (DataFile file : files) {
      String content = unpacked(store.objects().get("folder/" + file.key()));
      assertThat(content).endsWith("\n");
      assertThat(content.lines().count()).isEqualTo(file.rows());
      assertThat(file.bytes()).isLessThan(500_000);
      read.append(content);
    }
    assertThat(files).hasSizeGreaterThan(2);
    assertThat(files.stream().mapToLong(DataFile::rows).sum()).isEqualTo(2_000);
    assertThat(read.toString()).isEqualTo(all.toString());
  }

  private FileRoller roller(long targetBytes) {
    return new FileRoller(store, key -> "folder/" + key, n -> "f-" + n, targetBytes);
  }

  private static String unpacked(byte[] body) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
