package io.sluice.stack.front;

import io.sluice.stack.fault.Faults;
import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes calls to S3 on, bodies as streams. */
final class S3Front extends ProxyHandler.Reverse {
  private static final int MAX_CONNECTIONS = 256;

  private final Striker striker;

  S3Front(URI backend, Faults faults) {
    super(request -> HttpURI.build(backend + request.getHttpURI().getPathQuery()));
    striker = new Striker(faults);
    setViaHost("sluice-stack");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    striker.handle(
        S3Calls.call(request),
        request,
        response,
        callback,
        passed -> super.handle(request, passed, callback));
    return true;
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setUserAgentField(null);
  }

  /** The server behind is to see the caller's own words. */
  @Override
  protected void addProxyHeaders(Request caller, org.eclipse.jetty.client.Request backend) {}
}
