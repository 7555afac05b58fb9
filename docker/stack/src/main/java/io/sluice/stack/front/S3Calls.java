package io.sluice.stack.front;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.StandIn;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Tells which action of S3 a request is. Source: the request syntax of each action in the Amazon S3
 * API Reference.
 */
final class S3Calls {
  private S3Calls() {}

  /** The call; its resource is {@code bucket/key}, for a listing {@code bucket/prefix}. */
  static Call call(Request request) {
    String path = Request.getPathInContext(request);
    String resource = path.startsWith("/") ? path.substring(1) : path;
    Fields query = Request.extractQueryParameters(request);
    int slash = resource.indexOf('/');
    boolean key = slash > 0 && slash < resource.length() - 1;
    String operation =
        key ? ofObject(request, query.getNames()) : ofBucket(request.getMethod(), resource, query);
    if (!key && query.get("prefix") != null) {
      resource = resource.replaceFirst("/$", "") + "/" + query.getValue("prefix");
    }
    return Call.of(StandIn.S3, operation, resource);
  }

  private static String ofObject(Request request, Set<String> query) {
    return switch (request.getMethod()) {
      case "GET" -> "GetObject";
      case "HEAD" -> "HeadObject";
      case "PUT" -> {
        if (query.contains("uploadId")) {
          yield "UploadPart";
        }
        yield request.getHeaders().contains("x-amz-copy-source") ? "CopyObject" : "PutObject";
      }
      case "POST" ->
          query.contains("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
      case "DELETE" -> query.contains("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
      default -> request.getMethod();
    };
  }

  private static String ofBucket(String method, String bucket, Fields query) {
    return switch (method) {
      case "GET" -> {
        if (bucket.isEmpty()) {
          yield "ListBuckets";
        }
        if (query.getNames().contains("location")) {
          yield "GetBucketLocation";
        }
        yield "2".equals(query.getValue("list-type")) ? "ListObjectsV2" : "ListObjects";
      }
      case "HEAD" -> "HeadBucket";
      case "PUT" -> "CreateBucket";
      case "POST" -> "DeleteObjects";
      case "DELETE" -> "DeleteBucket";
      default -> method;
    };
  }
}
