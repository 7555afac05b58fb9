package io.sluice.stack.kinesis;

/** The SDK as it comes: CBOR. */
class KinesisCborIT extends KinesisContract {
  @Override
  String format() {
    return "application/x-amz-cbor-1.1";
  }
}
