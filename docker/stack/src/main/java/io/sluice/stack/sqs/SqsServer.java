package io.sluice.stack.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * SQS on loopback. Started when it exists, stopped by {@link #close}; its queues are gone then.
 *
 * <p>Queue URLs carry the host and port by which the caller reached the server.
 */
public final class SqsServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration START_TIMEOUT = Duration.create(60, TimeUnit.SECONDS);
  private static final Duration STOP_TIMEOUT = Duration.create(10, TimeUnit.SECONDS);

  /** The stack stops the actors itself and keeps their talk to warnings. */
  private static final Config ACTORS =
      ConfigFactory.parseString(
          """
          pekko.loglevel = WARNING
          pekko.stdout-loglevel = OFF
          pekko.jvm-shutdown-hooks = off
          pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
          pekko.coordinated-shutdown.exit-jvm = off
          pekko.daemonic = on
          # Above SQS's longest poll of 20 seconds.
          pekko.http.server.request-timeout = 30 s
          """);

  private final ActorSystem actors;
  private final URI endpoint;

  private SqsServer(ActorSystem actors, URI endpoint) {
    this.actors = actors;
    this.endpoint = endpoint;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @param region the region in ARNs
   * @param account the account in ARNs and queue URLs
   * @throws IOException if the port cannot be listened on
   */
  public static SqsServer start(int port, String region, String account) throws IOException {
    ActorSystem actors = ActorSystem.create("sqs", ACTORS.withFallback(ConfigFactory.load()));
    try {
      Http.ServerBinding binding =
          Await.result(
              SQSRestServerBuilder.withActorSystem(actors)
                  .withInterface(HOST)
                  .withPort(port)
                  .withServerAddress(new NodeAddress("http", "*", port, ""))
                  .withSQSLimits(StrictSQSLimits$.MODULE$)
                  .withAWSRegion(region)
                  .withAWSAccountId(account)
                  .start()
                  .startFuture(),
              START_TIMEOUT);
      return new SqsServer(actors, endpoint(binding.localAddress()));
    } catch (InterruptedException e) {
      stop(actors);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while SQS was starting", e);
    } catch (Exception e) {
      stop(actors);
      throw new IOException("cannot start SQS on port " + port, e);
    }
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return endpoint;
  }

  /** Cuts off polls under way: a long one would hold the stop for twenty seconds. */
  @Override
  public void close() {
    stop(actors);
  }

  private static URI endpoint(InetSocketAddress address) {
    return URI.create("http://%s:%d".formatted(HOST, address.getPort()));
  }

  private static void stop(ActorSystem actors) {
    try {
      Await.ready(actors.terminate(), STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IllegalStateException("SQS does not stop within " + STOP_TIMEOUT, e);
    }
  }
}
