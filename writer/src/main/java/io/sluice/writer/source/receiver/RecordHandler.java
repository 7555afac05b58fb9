package io.sluice.writer.source.receiver;

import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.model.Record;
import java.io.Serializable;
import java.nio.ByteBuffer;
import scala.runtime.AbstractFunction1;

/**
 * Takes over what the KCL hands to a receiver. It never throws: the KCL would skip the whole call's
 * records and go on. What it cannot take over fails the interval instead.
 */
final class RecordHandler extends AbstractFunction1<Record, ReceivedRecord>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final byte[] NOTHING = {};

  @Override
  public ReceivedRecord apply(Record record) {
    try {
      long subSequenceNumber = record instanceof UserRecord user ? user.getSubSequenceNumber() : 0;
      return new ReceivedRecord(
          record.getPartitionKey(),
          record.getSequenceNumber(),
          subSequenceNumber,
          record.getApproximateArrivalTimestamp().toInstant().toEpochMilli(),
          bytes(record.getData()),
          null);
    } catch (RuntimeException e) {
      return new ReceivedRecord(null, null, 0, 0, NOTHING, e.toString());
    }
  }

  private static byte[] bytes(ByteBuffer data) {
    if (data.hasArray()
        && data.arrayOffset() == 0
        && data.position() == 0
        && data.remaining() == data.array().length) {
      return data.array();
    }
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
