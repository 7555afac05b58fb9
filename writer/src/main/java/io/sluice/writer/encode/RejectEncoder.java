package io.sluice.writer.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.writer.source.SourceRecord;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Encodes rejects as JSON lines that say what was refused, why, and where it came from:
 *
 * <pre>
 * {"reason":"too-long","detail":"...","column":"place","pointer":"/properties/place","shard":"shardId-...",
 *  "sequenceNumber":"...","subSequenceNumber":0,"partitionKey":"...","arrival":"...","data":"..."}
 * </pre>
 *
 * <p>Data that is not UTF-8 stands as {@code dataBase64} instead of {@code data}, so that every
 * byte is kept.
 */
public final class RejectEncoder {
  private static final JsonMapper JSON = new JsonMapper();

  /** Appends the line of one reject. */
  public void append(SourceRecord record, String shard, RejectException why, StringBuilder lines) {
    ObjectNode line =
        JSON.createObjectNode().put("reason", why.reason().label()).put("detail", why.getMessage());
    if (why.column() != null) {
      line.put("column", why.column()).put("pointer", why.pointer());
    }
    line.put("shard", shard)
        .put("sequenceNumber", record.mark().sequenceNumber().toString())
        .put("subSequenceNumber", record.mark().subSequenceNumber())
        .put("partitionKey", record.partitionKey())
        .put("arrival", record.arrival().toString());
    putData(line, record.bytes());
    try {
      lines.append(JSON.writeValueAsString(line)).append('\n');
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putData(ObjectNode line, byte[] data) {
    try {
      line.put(
          "data", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
    } catch (CharacterCodingException e) {
      line.put("dataBase64", data);
    }
  }
}
