package io.sluice.loader.intake;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import io.sluice.loader.intake.InboxException.Kind;
import java.util.function.Supplier;

/** Requests to one queue, and what their failures mean. */
final class SqsRequests {
  private final String url;

  SqsRequests(String url) {
    this.url = url;
  }

  /** Carries a request out; what it throws tells the queue and what the caller may do. */
  <T> T asking(String verb, Supplier<T> request) {
    try {
      return request.get();
    } catch (AmazonServiceException e) {
      throw failure(isPassing(e) ? Kind.TRANSIENT : Kind.MISCONFIGURED, verb, e);
    } catch (SdkClientException e) {
      boolean noCredentials =
          String.valueOf(e.getMessage()).startsWith("Unable to load AWS credentials");
      throw failure(noCredentials ? Kind.MISCONFIGURED : Kind.TRANSIENT, verb, e);
    }
  }

  private InboxException failure(Kind kind, String verb, SdkClientException e) {
    return new InboxException(kind, "cannot " + verb + " " + url + ": " + e.getMessage(), e);
  }

  /** See "Common Errors" in the Amazon SQS API Reference. */
  private static boolean isPassing(AmazonServiceException e) {
    String code = String.valueOf(e.getErrorCode());
    return e.getStatusCode() >= 500
        || e.getStatusCode() == 429
        || code.contains("Throttl")
        || code.equals("ExpiredToken")
        || code.equals("RequestExpired")
        || code.endsWith("OverLimit");
  }
}
