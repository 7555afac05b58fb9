package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractJsonTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/clicks");

  @Test
  void writesAManifestAsTheGoldenFile() throws IOException {
    Manifest manifest = Manifests.batch(42, "7f3e");

    assertThat(new String(ContractJson.write(manifest), StandardCharsets.UTF_8))
        .isEqualTo(golden("manifest-1.json"));
  }

  @Test
  void readsTheGoldenManifest() throws IOException {
    Manifest manifest =
        ContractJson.readManifest(golden("manifest-1.json").getBytes(StandardCharsets.UTF_8));

    assertThat(manifest).isEqualTo(Manifests.batch(42, "7f3e"));
  }

  @Test
  void aTakeoverComesBackEqual() {
    Manifest takeover = Manifests.takeover(1, "7f3e");

    assertThat(ContractJson.readManifest(ContractJson.write(takeover))).isEqualTo(takeover);
  }

  @Test
  void writesAndReadsTheGoldenMessage() throws IOException {
    Manifest manifest = Manifests.batch(42, "7f3e");
    ManifestMessage message = ManifestMessage.of(FOLDER, manifest, manifest.batches().get(0));

    assertThat(ContractJson.write(message)).isEqualTo(golden("message-1.json"));
    assertThat(ContractJson.readMessage(golden("message-1.json"))).isEqualTo(message);
  }

  @Test
  void refusesANewerFormatByName() throws IOException {
    String newer = golden("message-1.json").replace("\"formatVersion\":1", "\"formatVersion\":2");

    assertThatThrownBy(() -> ContractJson.readMessage(newer))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "this manifest message has format version 2 and this release of Sluice reads up to 1: upgrade this process");
  }

  @Test
  void leavesUnknownPropertiesAlone() throws IOException {
    String richer =
        golden("message-1.json")
            .replace("{\"formatVersion\":1", "{\"formatVersion\":1,\"colour\":\"red\"");

    assertThat(ContractJson.readMessage(richer).rows()).isEqualTo(999);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "not json",
        "{\"formatVersion\":1}",
        "{\"formatVersion\":1,\"batchFolder\":\"s3://b-1/c\",\"manifest\":1,\"table\":\"a;b\",\"rows\":1,\"bytes\":1,\"files\":1,\"batchTime\":\"2026-11-22T05:12:30Z\",\"arrivalMin\":\"2026-11-22T05:12:30Z\"}",
        "{\"formatVersion\":1,\"batchFolder\":\"/etc\",\"manifest\":1,\"table\":\"a\",\"rows\":1,\"bytes\":1,\"files\":1,\"batchTime\":\"2026-11-22T05:12:30Z\",\"arrivalMin\":\"2026-11-22T05:12:30Z\"}",
        "{\"formatVersion\":1,\"batchFolder\":\"s3://bkt/c\",\"manifest\":0,\"table\":\"a\",\"rows\":1,\"bytes\":1,\"files\":1,\"batchTime\":\"2026-11-22T05:12:30Z\",\"arrivalMin\":\"2026-11-22T05:12:30Z\"}"
      })
  void refusesWhatIsNoMessage(String text) {
    assertThatThrownBy(() -> ContractJson.readMessage(text))
        .isInstanceOf(ContractException.class)
        .hasMessageStartingWith("this is not a manifest message of Sluice: ");
  }

  @Test
  void refusesAManifestWhoseKeysLeadOutOfTheFolder() throws IOException {
    String forged =
        golden("manifest-1.json").replace("20261122T051230.000Z/shop.orders", "../other");

    assertThatThrownBy(() -> ContractJson.readManifest(forged.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("is not a key inside a batch folder");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ContractJsonTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
