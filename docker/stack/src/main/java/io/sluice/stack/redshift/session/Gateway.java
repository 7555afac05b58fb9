package io.sluice.stack.redshift.session;

import io.sluice.stack.http.Address;
import io.sluice.stack.redshift.fault.Verdict;
import io.sluice.stack.redshift.fault.Verdict.Action;
import io.sluice.stack.redshift.session.Login.SessionKey;
import io.sluice.stack.redshift.tls.ServerIdentity;
import io.sluice.stack.redshift.wire.BodyReader;
import io.sluice.stack.redshift.wire.BodyWriter;
import io.sluice.stack.redshift.wire.ProtocolException;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for clients and gives each a session on a thread of its own. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int PROTOCOL_3 = 3;

  /** As PostgreSQL's authentication_timeout. */
  private static final Duration GREETING = Duration.ofMinutes(1);

  private static final int CONNECT_MILLIS = 10_000;
  private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final ServerSocket listener;
  private final int databasePort;
  private final Login login;
  private final SSLContext encryption;
  private final SessionContext context;
  private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();
  private final Set<Peer> greeting = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread acceptor = new Thread(this::accept, "redshift-accept");

  private Gateway(
      ServerSocket listener,
      int databasePort,
      Login login,
      SSLContext encryption,
      SessionContext context) {
    this.listener = listener;
    this.databasePort = databasePort;
    this.login = login;
    this.encryption = encryption;
    this.context = context;
  }

  /** Listens at the address. Clients may or may not ask for encryption. */
  public static Gateway start(
      Address address,
      int databasePort,
      Accounts accounts,
      ServerIdentity identity,
      SessionContext context) {
    ServerSocket listener;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(address.socketAddress(), 128);
    } catch (IOException e) {
      throw new UncheckedIOException(address + " cannot be listened on", e);
    }
    Gateway gateway =
        new Gateway(
            listener,
            databasePort,
            new Login(accounts, InstantSource.system()),
            identity.context(),
            context);
    context.cluster().onOutage(gateway::breakSessionsOff);
    gateway.acceptor.setDaemon(true);
    gateway.acceptor.start();
    return gateway;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The number of open sessions. */
  public int sessions() {
    return sessions.size();
  }

  /**
   * Breaks all sessions off and waits for their threads, for all together a few seconds at most.
   */
  @Override
  public void close() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    try {
      listener.close();
      acceptor.join(STOP_MILLIS);
      greeting.forEach(Peer::breakOff);
      breakSessionsOff();
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      context.timer().shutdownNow();
    }
  }

  private void breakSessionsOff() {
    sessions.values().forEach(Session::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread thread =
            new Thread(() -> serve(socket), "redshift-client-" + connections.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.warn("a client's connection could not be accepted", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (Peer client = new Peer(socket)) {
      if (context.cluster().isPaused()) {
        return;
      }
      client.limitReads(GREETING);
      greet(client);
    } catch (IOException | ProtocolException e) {
      log.debug("a client broke off before its session began", e);
    } catch (IllegalStateException e) {
      log.warn("a client's session could not begin", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /** Answers the packets that come before a session, up to the one that asks for one. */
  private void greet(Peer client) throws IOException, InterruptedException {
    greeting.add(client);
    try {
      for (BodyReader packet = client.reader().startup();
          packet != null;
          packet = client.reader().startup()) {
        int code = packet.int32();
        if (code == SSL_REQUEST && !client.isEncrypted()) {
          try (Peer encrypted = client.encrypted(encryption)) {
            greet(encrypted);
          }
          return;
        }
        if (code != SSL_REQUEST && code != GSS_REQUEST) {
          welcome(client, code, packet);
          return;
        }
        client.writer().writeByte('N');
        client.writer().flush();
      }
    } finally {
      greeting.remove(client);
    }
  }

  /** A cancel, which comes on a connection of its own, or the start of a session. */
  private void welcome(Peer client, int code, BodyReader packet)
      throws IOException, InterruptedException {
    if (code == CANCEL_REQUEST) {
      cancel(new SessionKey(packet.int32(), packet.int32()));
      return;
    }
    if (code >>> 16 != PROTOCOL_3) {
      Login.refuse(client, ServerError.fatal("0A000", "unsupported frontend protocol"));
      return;
    }
    Map<String, String> parameters = parameters(packet);
    if (login.authenticate(client, parameters) && admits(client, parameters)) {
      try (Peer database = connect()) {
        open(client, database, parameters);
      }
    }
  }

  /** Whether the cluster is up and no fault was ordered; if not, the client knows. */
  private boolean admits(Peer client, Map<String, String> parameters)
      throws IOException, InterruptedException {
    Verdict verdict = context.faults().login(parameters.getOrDefault("user", ""));
    if (verdict.action() == Action.FAIL) {
      Login.refuse(client, verdict.error());
      return false;
    }
    if (verdict.action() == Action.LOSE_FIRST
        || (verdict.action() == Action.HOLD
            && !new Holding(context.faults(), client::hasEnded).await(verdict))) {
      return false;
    }
    context.cluster().goesDown(verdict);
    Optional<ServerError> refusal = context.cluster().refusal();
    if (refusal.isPresent()) {
      Login.refuse(client, refusal.get());
      return false;
    }
    return !context.cluster().isPaused();
  }

  private static Map<String, String> parameters(BodyReader packet) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name = packet.cstring(); !name.isEmpty(); name = packet.cstring()) {
      parameters.put(name, packet.cstring());
    }
    return parameters;
  }

  private void open(Peer client, Peer database, Map<String, String> parameters)
      throws IOException, InterruptedException {
    Optional<SessionKey> key = login.open(client, database, parameters);
    if (key.isEmpty()) {
      return;
    }
    try (Session session =
        new Session(client, database, key.get(), context, () -> cancelInDatabase(key.get()))) {
      sessions.put(key.get(), session);
      greeting.remove(client);
      client.limitReads(Duration.ZERO);
      session.run();
    } finally {
      sessions.remove(key.get());
    }
  }

  private void cancel(SessionKey key) {
    Session session = sessions.get(key);
    if (session != null) {
      session.cancel();
    }
  }

  private void cancelInDatabase(SessionKey key) {
    try (Peer database = connect()) {
      BodyWriter request =
          new BodyWriter().int32(CANCEL_REQUEST).int32(key.pid()).int32(key.secret());
      database.writer().writeStartup(request.toBytes());
      database.writer().flush();
      // The database closes the connection when it has passed the request on.
      database.reader().next();
    } catch (IOException e) {
      log.warn("session {} could not be cancelled", key.pid(), e);
    }
  }

  private Peer connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort), CONNECT_MILLIS);
    return new Peer(socket);
  }
}
