package io.sluice.stack.front;

import io.sluice.stack.http.Connections;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer whose connection is reset in the middle of its body. */
final class HalfResponse extends Response.Wrapper {
  private long written;
  private IOException reset;

  HalfResponse(Request request, Response response) {
    super(request, response);
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback callback) {
    if (reset != null) {
      callback.failed(reset);
      return;
    }
    long left = Math.max(0, half() - written);
    int size = bytes == null ? 0 : bytes.remaining();
    if (!last && size <= left) {
      written += size;
      super.write(false, bytes, callback);
      return;
    }
    ByteBuffer part =
        bytes == null
            ? ByteBuffer.allocate(0)
            : bytes.slice(bytes.position(), (int) Math.min(size, left));
    super.write(false, part, Callback.from(() -> breakOff(callback), callback::failed));
  }

  /** Half of the body's length; nothing of a body whose length is not known. */
  private long half() {
    return Math.max(0, getHeaders().getLongField(HttpHeader.CONTENT_LENGTH)) / 2;
  }

  private void breakOff(Callback callback) {
    reset = Connections.reset(getRequest());
    callback.failed(reset);
  }
}
