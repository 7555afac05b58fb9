package io.sluice.stack.front;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Strike;
import io.sluice.stack.http.Connections;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that an order may hold or lose on its way back, before its first byte. It is lost when
 * it is complete: S3 begins to answer CompleteMultipartUpload long before the work is done.
 */
final class FragileResponse extends Response.Wrapper {
  private static final Set<Fault> ON_THE_WAY_BACK = Set.of(Fault.LOST_ANSWER, Fault.HELD_ANSWER);

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
      Optional<Strike> strike = faults.strike(call.answered(getStatus()), ON_THE_WAY_BACK);
      lost = strike.isPresent() && strike.get().fault() == Fault.LOST_ANSWER;
      if (strike.isPresent() && !lost) {
        Holding.whileOrdered(
            faults, strike.get(), getRequest(), () -> super.write(last, bytes, callback));
        return;
      }
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
