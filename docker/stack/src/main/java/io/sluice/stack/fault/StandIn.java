package io.sluice.stack.fault;

import java.util.List;
import java.util.Locale;

/** The parts of the stack, by the names that people type. */
public enum StandIn {
  S3(
      "AbortMultipartUpload CompleteMultipartUpload CopyObject CreateBucket CreateMultipartUpload"
          + " DeleteBucket DeleteObject DeleteObjects GetBucketLocation GetObject HeadBucket"
          + " HeadObject ListBuckets ListObjects ListObjectsV2 PutObject UploadPart"),
  SQS(
      "AddPermission ChangeMessageVisibility ChangeMessageVisibilityBatch CreateQueue DeleteMessage"
          + " DeleteMessageBatch DeleteQueue GetQueueAttributes GetQueueUrl"
          + " ListDeadLetterSourceQueues ListQueueTags ListQueues PurgeQueue ReceiveMessage"
          + " RemovePermission SendMessage SendMessageBatch SetQueueAttributes StartMessageMoveTask"
          + " TagQueue UntagQueue"),
  DYNAMODB(
      "BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeEndpoints"
          + " DescribeLimits DescribeTable DescribeTimeToLive GetItem ListTables"
          + " ListTagsOfResource PutItem Query Scan TagResource TransactGetItems"
          + " TransactWriteItems UntagResource UpdateItem UpdateTable UpdateTimeToLive"),
  KINESIS(
      "AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeLimits"
          + " DescribeStream DescribeStreamSummary GetRecords GetShardIterator"
          + " IncreaseStreamRetentionPeriod ListShards ListStreams ListTagsForStream MergeShards"
          + " PutRecord PutRecords RemoveTagsFromStream SplitShard UpdateShardCount"),
  REDSHIFT("CONNECT COPY COMMIT DELETE GetObject INSERT LOCK MERGE SELECT UPDATE");

  private final String operations;

  StandIn(String operations) {
    this.operations = operations;
  }

  /** The actions at which something can go wrong there. */
  public List<String> operations() {
    return List.of(operations.split(" "));
  }

  /** The name in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
