package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MemorySizeTest {
  private final MemorySize size = new MemorySize();

  @ParameterizedTest
  @CsvSource({
    "16777216, 16777216",
    "64k, 65536",
    "512m, 536870912",
    "512M, 536870912",
    "2g, 2147483648"
  })
  void readsUnits(String text, long bytes) {
    assertThat(size.convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1.5g", "12 m", "10t"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> size.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("not a size such as 512m or 2g: '" + text + "'");
  }

  @Test
  void settingsRefuseTooLittleMemoryAndPortsThatAreNone() {
    assertThatThrownBy(() -> StackSettings.defaults().withKinesisMemory(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the memory of Kinesis must be at least 16 MiB, not 1 bytes");
    assertThatThrownBy(() -> new Ports(0, 0, 0, 65_536, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the port of DynamoDB must be 0 to 65535, not 65536");
  }
}
