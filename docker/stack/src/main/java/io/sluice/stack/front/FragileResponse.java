package io.sluice.stack.front;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer that an order may lose on its way back, before its first byte. */
final class FragileResponse extends Response.Wrapper {
  private final Call call;
  private final Faults faults;
  private boolean begun;
  private IOException lost;

  FragileResponse(Request request, Response response, Call call, Faults faults) {
    super(request, response);
    this.call = call;
    this.faults = faults;
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback callback) {
    if (!begun) {
      begun = true;
      if (faults.strike(call.answered(getStatus()), Fault.LOST_ANSWER).isPresent()) {
        lost = Connections.reset(getRequest());
      }
    }
    if (lost == null) {
      super.write(last, bytes, callback);
    } else {
      callback.failed(lost);
    }
  }
}
