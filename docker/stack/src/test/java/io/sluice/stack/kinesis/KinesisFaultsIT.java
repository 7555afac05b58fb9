package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Faults that a test has ordered. */
class KinesisFaultsIT extends KinesisCase {
  @Test
  void aFaultBeforeACallLeavesNothingBehind() {
    create(1);
    faults.set(failing("PutRecord", true));

    assertThatThrownBy(() -> put("a")).isInstanceOf(ProvisionedThroughputExceededException.class);

    faults.set(CallFaults.NONE);
    assertThat(read(trimHorizon(SHARD_0)).getRecords()).isEmpty();
  }

  @Test
  void aFaultAfterACallLosesOnlyTheAnswer() {
    create(1);
    faults.set(failing("PutRecord", false));

    assertThatThrownBy(() -> put("a")).isInstanceOf(ProvisionedThroughputExceededException.class);

    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");
  }

  @Test
  void aFaultOnARecordFailsThatRecordAlone() {
    create(1);
    faults.set(
        new CallFaults() {
          @Override
          public void beforeRecord(Call call, String partitionKey) {
            if (partitionKey.equals("bad")) {
              throw new KinesisException(Kind.INTERNAL_FAILURE, "Internal service failure.");
            }
          }
        });

    PutRecordsResult result = putRecords(List.of(entry("good", "a"), entry("bad", "b")));

    assertThat(result.getFailedRecordCount()).isEqualTo(1);
    assertThat(result.getRecords().get(1).getErrorCode()).isEqualTo("InternalFailure");
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");
  }

  private static CallFaults failing(String operation, boolean before) {
    Predicate<CallFaults.Call> hit =
        call -> call.operation().equals(operation) && call.stream().equals(STREAM);
    return new CallFaults() {
      @Override
      public void before(Call call) {
        fail(before && hit.test(call));
      }

      @Override
      public void after(Call call) {
        fail(!before && hit.test(call));
      }

      private void fail(boolean now) {
        if (now) {
          throw new KinesisException(Kind.PROVISIONED_THROUGHPUT_EXCEEDED, "ordered");
        }
      }
    };
  }
}
