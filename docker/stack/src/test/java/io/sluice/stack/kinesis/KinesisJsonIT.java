package io.sluice.stack.kinesis;

import com.amazonaws.SDKGlobalConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The SDK with CBOR turned off. */
class KinesisJsonIT extends KinesisContract {
  @BeforeAll
  static void turnCborOff() {
    System.setProperty(SDKGlobalConfiguration.AWS_CBOR_DISABLE_SYSTEM_PROPERTY, "true");
  }

  @AfterAll
  static void turnCborOn() {
    System.clearProperty(SDKGlobalConfiguration.AWS_CBOR_DISABLE_SYSTEM_PROPERTY);
  }

  @Override
  String format() {
    return "application/x-amz-json-1.1";
  }
}
