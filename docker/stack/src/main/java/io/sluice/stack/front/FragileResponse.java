package io.sluice.stack.front;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.Connections;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that an order may lose on its way back, before its first byte. It is lost when it is
 * complete: S3 begins to answer CompleteMultipartUpload long before the work is done.
 */
final class FragileResponse extends Response.Wrapper {
  private final Call call;
  private final Faults faults;
  private boolean begun;
  private boolean lost;

  FragileResponse(Request request, Response response, Call call, Faults faults) {
    super(request, response);
    this.call = call;
    this.faults = faults;
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback callback) {
    if (!begun) {
      begun = true;
      lost = faults.strike(call.answered(getStatus()), Fault.LOST_ANSWER).isPresent();
    }
    if (!lost) {
      super.write(last, bytes, callback);
    } else if (last) {
      callback.failed(Connections.reset(getRequest()));
    } else {
      BufferUtil.clear(bytes);
      callback.succeeded();
    }
  }
}
