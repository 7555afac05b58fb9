package io.sluice.writer.source.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.model.Record;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What the walk finds, compared with what the KCL finds in the same bytes. */
class AggregateTest {
  private static final BigInteger LAST_HASH = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
  private static final BigInteger MIDDLE = BigInteger.TWO.pow(127);

  @RepeatedTest(200)
  void takesApartWhatTheKclDoes(RepetitionInfo repetition) {
    byte[] data = aggregate(new Random(repetition.getCurrentRepetition()));

    List<SourceRecord> walked = walk(data, BigInteger.ZERO, LAST_HASH);

    List<UserRecord> expected = UserRecord.deaggregate(List.of(record(data)));
    assertThat(walked).hasSameSizeAs(expected);
    for (int i = 0; i < walked.size(); i++) {
      assertThat(walked.get(i).mark().subSequenceNumber())
          .isEqualTo(expected.get(i).getSubSequenceNumber());
      assertThat(walked.get(i).partitionKey()).isEqualTo(expected.get(i).getPartitionKey());
      assertThat(walked.get(i).data()).isEqualTo(expected.get(i).getData());
      assertThat(walked.get(i).data().hasArray()).isTrue();
    }
  }

  /** The KCL may lose the rest of a damaged aggregate; here it is whole or one plain record. */
  @RepeatedTest(200)
  void whateverIsDamagedIsOnePlainRecord(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] data = aggregate(random);
    data[4 + random.nextInt(data.length - 4)] ^= (byte) (1 + random.nextInt(255));

    List<SourceRecord> walked = walk(data, BigInteger.ZERO, LAST_HASH);

    assertThat(walked).hasSize(1);
    assertThat(walked.get(0).bytes()).isEqualTo(data);
  }

  /** The checksum fits, the message does not. */
  @RepeatedTest(300)
  void aMessageThatIsNoneNeverThrows(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] body = new byte[1 + random.nextInt(60)];
    random.nextBytes(body);

    assertThat(walk(Aggregates.around(body), BigInteger.ZERO, LAST_HASH)).isNotNull();
  }

  @Test
  void recordsBelongToAShardByTheirExplicitHashOrTheirKey() {
    byte[] data =
        new Aggregates()
            .add("a", BigInteger.ZERO, "low")
            .add("a", MIDDLE, "high")
            .add("a", LAST_HASH, "highest")
            .bytes();

    assertThat(texts(walk(data, BigInteger.ZERO, MIDDLE.subtract(BigInteger.ONE))))
        .containsExactly("low");
    assertThat(texts(walk(data, MIDDLE, LAST_HASH))).containsExactly("high", "highest");
  }

  private static List<String> texts(List<SourceRecord> records) {
    return records.stream().map(record -> new String(record.bytes(), UTF_8)).toList();
  }

  private static byte[] aggregate(Random random) {
    Aggregates aggregates = new Aggregates();
    int records = 1 + random.nextInt(20);
    for (int i = 0; i < records; i++) {
      String text = "x".repeat(random.nextInt(300)) + i;
      if (random.nextInt(4) == 0) {
        aggregates.add("key" + random.nextInt(5), new BigInteger(127, random), text);
      } else {
        aggregates.add("key" + random.nextInt(5), text);
      }
    }
    return aggregates.bytes();
  }

  private static List<SourceRecord> walk(byte[] data, BigInteger first, BigInteger last) {
    List<SourceRecord> taken = new ArrayList<>();
    new Deaggregator("stream", "shard", first, last).takeApart(record(data), taken);
    return taken;
  }

  private static Record record(byte[] data) {
    return new Record()
        .withSequenceNumber("49600000000000000000000000000000000000000000000000000001")
        .withPartitionKey("key")
        .withApproximateArrivalTimestamp(Date.from(Instant.EPOCH))
        .withData(ByteBuffer.wrap(data));
  }
}
