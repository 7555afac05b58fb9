package io.sluice.loader.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A warehouse in memory: locks, ledger and tables that commit together, files that are really read
 * from the bucket, and failures on order.
 */
public final class InMemoryWarehouse implements Warehouse {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectStore bucket;
  private final String bucketUri;
  private final Map<TableName, List<String>> tables = new HashMap<>();
  private final List<LedgerRow> ledgerRows = new ArrayList<>();
  private final Map<BatchFolder, Map<TableName, Long>> progress = new HashMap<>();
  private final Map<TableName, ReentrantLock> locks = new HashMap<>();
  private final Deque<WarehouseException> beginFailures = new ArrayDeque<>();
  private final Deque<WarehouseException> copyFailures = new ArrayDeque<>();
  private final Deque<CommitFate> commitFates = new ArrayDeque<>();
  private final List<CopyRequest> copies = new ArrayList<>();
  private CountDownLatch copyGate;
  private CountDownLatch copyStarted = new CountDownLatch(1);
  private final Map<TableName, Pause> paused = new HashMap<>();
  private final Map<List<Object>, QuarantineEntry> decided = new HashMap<>();
  private boolean initialised;
  private boolean silent;
  private int maxError;

  /** What each load brought into the tables that have a load column. */
  private final Map<TableName, Map<String, List<String>>> byLoad = new HashMap<>();

  private enum CommitFate {
    LOST_BEFORE,
    LOST_AFTER
  }

  public InMemoryWarehouse(ObjectStore bucket, String bucketName, TableName... tables) {
    this.bucket = bucket;
    this.bucketUri = "s3://" + bucketName + "/";
    for (TableName table : tables) {
      this.tables.put(table, new ArrayList<>());
    }
  }

  /** The connection breaks while the next commit is on its way, before the server commits. */
  public synchronized void loseNextCommitBeforeItHappens() {
    commitFates.add(CommitFate.LOST_BEFORE);
  }

  /** The server commits, and the connection breaks before its answer arrives. */
  public synchronized void loseNextCommitAfterItHappened() {
    commitFates.add(CommitFate.LOST_AFTER);
  }

  public synchronized void failNextCopy(FailureKind kind, String message) {
    copyFailures.add(new WarehouseException(kind, message, "repair it", null));
  }

  public synchronized void timeOutNextCopy() {
    copyFailures.add(
        new WarehouseException(FailureKind.TRANSIENT, "57014", "a smaller load", true, null));
  }

  public synchronized void failNextBegin(FailureKind kind, String message) {
    beginFailures.add(new WarehouseException(kind, message, "repair it", null));
  }

  /** From now on a COPY that is refused does not tell which file is bad. */
  public synchronized void nameNoFiles() {
    silent = true;
  }

  /** From now on a COPY leaves rows out that are bad, as long as they are fewer. */
  public synchronized void allowErrors(int most) {
    maxError = most;
  }

  /** The next login is refused, and all tables are told when the next one may be tried. */
  public synchronized void refuseNextLogin(Instant nextProbe) {
    beginFailures.add(
        new WarehouseException(FailureKind.MISCONFIGURED, "wrong password", "check it", null)
            .forAllUntil(nextProbe));
  }

  /** Every COPY waits until it is cancelled or the gate opens. */
  public synchronized void holdCopies() {
    copyGate = new CountDownLatch(1);
    copyStarted = new CountDownLatch(1);
  }

  public synchronized void letCopiesGo() {
    copyGate.countDown();
    copyGate = null;
  }

  public void awaitACopy() throws InterruptedException {
    if (!copyStarted.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no COPY began within 10 s");
    }
  }

  public synchronized List<String> rows(TableName table) {
    return List.copyOf(tables.get(table));
  }

  /** Adds or takes away rows as a person would, beside the ledger. */
  public synchronized void change(TableName table, Consumer<List<String>> change) {
    change.accept(tables.get(table));
  }

  public synchronized List<LedgerRow> ledgerRows() {
    return List.copyOf(ledgerRows);
  }

  /** Enters a row without a load, as a person would. */
  public synchronized void enter(LedgerRow row) {
    ledgerRows.add(row);
  }

  public synchronized List<CopyRequest> copies() {
    return List.copyOf(copies);
  }

  /** The table gets the names of loads from now on. */
  public synchronized void addLoadColumn(TableName table) {
    byLoad.put(table, new HashMap<>());
  }

  /** Removes a row by hand, as a person would. */
  public synchronized void delete(TableName table, String row) {
    tables.get(table).remove(row);
    byLoad.getOrDefault(table, Map.of()).values().forEach(rows -> rows.remove(row));
  }

  /** Adds a row by hand, as a person would. */
  public synchronized void insert(TableName table, String row) {
    tables.get(table).add(row);
  }

  public synchronized void drop(TableName table) {
    tables.remove(table);
  }

  public synchronized void create(TableName table) {
    tables.put(table, new ArrayList<>());
  }

  @Override
  public LoadTransaction begin(TableName table, Collection<BatchId> batches) {
    ReentrantLock lock;
    synchronized (this) {
      if (!beginFailures.isEmpty()) {
        throw beginFailures.remove();
      }
      if (paused.containsKey(table)) {
        throw new PausedException(paused.get(table));
      }
      lock = locks.computeIfAbsent(table, t -> new ReentrantLock());
    }
    lock.lock();
    return new Transaction(table, lock, inLedger(batches));
  }

  @Override
  public Ledger ledger() {
    return new InMemoryLedger();
  }

  @Override
  public LedgerHistory history() {
    return new InMemoryHistory();
  }

  private final class InMemoryHistory implements LedgerHistory {
    @Override
    public Stream<LedgerEntry> entries(
        BatchFolder folder, Collection<TableName> wanted, long first, long last) {
      return ledgerRows().stream()
          .filter(row -> row.batch().folder().equals(folder))
          .filter(row -> wanted.contains(row.batch().table()))
          .filter(row -> row.batch().manifest() >= first && row.batch().manifest() <= last)
          .map(InMemoryWarehouse.this::entry)
          .sorted(
              Comparator.comparing(LedgerEntry::manifest)
                  .thenComparing(entry -> entry.table().toString()));
    }

    @Override
    public List<RecordedLoad> loads(TableName table, Collection<String> loadIds) {
      return loadIds.stream().distinct().sorted().flatMap(id -> load(table, id).stream()).toList();
    }

    private Optional<RecordedLoad> load(TableName table, String id) {
      List<LedgerRow> rows =
          ledgerRows().stream()
              .filter(row -> row.batch().table().equals(table) && row.loadId().equals(id))
              .toList();
      return rows.stream()
          .map(LedgerRow::loadedAt)
          .max(Comparator.naturalOrder())
          .map(
              at ->
                  new RecordedLoad(
                      id,
                      at,
                      rows.stream()
                          .filter(row -> row.quarantined().isEmpty())
                          .mapToLong(LedgerRow::rows)
                          .sum(),
                      rows.stream()
                          .map(LedgerRow::batch)
                          .sorted(Comparator.comparing(BatchId::manifest))
                          .collect(Collectors.toCollection(LinkedHashSet::new)),
                      aside(rows)));
    }

    private AsideFiles aside(List<LedgerRow> rows) {
      Set<String> quarantined = new HashSet<>();
      Map<String, String> givenUp = new LinkedHashMap<>();
      Map<String, Long> leftOut = new HashMap<>();
      Set<String> replaced = new HashSet<>();
      for (LedgerRow row : rows) {
        LedgerEntry entry = entry(row);
        if (entry.file().isEmpty() || entry.state() == State.RETRIED) {
          continue;
        }
        String uri = row.batch().folder().uri(entry.file().get());
        if (entry.state() == State.REPLACED) {
          replaced.add(uri);
          continue;
        }
        if (row.files() == 0) {
          leftOut.merge(uri, entry.rows(), Long::sum);
        } else if (entry.state() == State.DISCARDED) {
          givenUp.put(uri, InMemoryWarehouse.this.aside(row).error().reason());
        } else {
          quarantined.add(uri);
        }
      }
      return new AsideFiles(quarantined, givenUp, leftOut, replaced);
    }
  }

  private synchronized LedgerEntry entry(LedgerRow row) {
    if (row.quarantined().isPresent()) {
      QuarantineEntry aside = aside(row);
      return new LedgerEntry(
          row.batch().manifest(),
          row.batch().table(),
          aside.state(),
          aside.loadId(),
          aside.rows(),
          aside.bytes(),
          row.files(),
          Optional.of(aside.file()));
    }
    return new LedgerEntry(
        row.batch().manifest(),
        row.batch().table(),
        State.LOADED,
        row.loadId(),
        row.rows(),
        row.bytes(),
        row.files(),
        Optional.empty());
  }

  /** As it was entered, or as somebody has decided since. */
  private synchronized QuarantineEntry aside(LedgerRow row) {
    BadFile file = row.quarantined().orElseThrow();
    QuarantineEntry entered =
        new QuarantineEntry(
            row.batch(),
            switch (file.extent()) {
              case FILE -> State.QUARANTINED;
              case GIVEN_UP -> State.DISCARDED;
              case ROWS -> State.LEFT_OUT;
            },
            file.key(),
            row.loadId(),
            row.rows(),
            row.bytes(),
            row.batchTime(),
            row.loadedAt(),
            row.loaderId(),
            file.error());
    return decided.getOrDefault(List.of(row.batch(), file.key()), entered);
  }

  @Override
  public Quarantine quarantine() {
    return (wanted, from, to) ->
        ledgerRows().stream()
            .filter(row -> row.quarantined().isPresent())
            .filter(row -> wanted.contains(row.batch().table()))
            .filter(row -> from == null || !row.batchTime().isBefore(from))
            .filter(row -> to == null || row.batchTime().isBefore(to))
            .map(this::aside)
            .sorted(
                Comparator.comparing((QuarantineEntry entry) -> entry.batch().table().toString())
                    .thenComparing(entry -> entry.batch().folder().toString())
                    .thenComparing(entry -> entry.batch().manifest())
                    .thenComparing(QuarantineEntry::file))
            .toList();
  }

  @Override
  public LedgerSums sums() {
    return new InMemoryLedgerSums(this::ledgerRows);
  }

  @Override
  public LoadPreview preview() {
    return new InMemoryLoadPreview(() -> Set.copyOf(tables.keySet()));
  }

  @Override
  public TableCounts counts() {
    return new InMemoryTableCounts(this::ledgerRows, this::rows);
  }

  @Override
  public Pauses pauses() {
    return new InMemoryPauses();
  }

  @Override
  public synchronized List<Column> columns(TableName table) {
    if (!tables.containsKey(table)) {
      throw new WarehouseException(
          FailureKind.MISCONFIGURED, table + " does not exist", "create the table", null);
    }
    return LandedFolder.COLUMNS;
  }

  @Override
  public synchronized List<String> problems(Collection<TableName> wanted) {
    List<String> problems = new ArrayList<>();
    if (!initialised) {
      problems.add("the ledger is missing: run sluice-loader init with the same settings");
    }
    wanted.stream()
        .filter(table -> !tables.containsKey(table))
        .forEach(table -> problems.add("relation \"" + table + "\" does not exist"));
    return problems;
  }

  @Override
  public List<String> initialisation(Collection<TableName> wanted) {
    return new LedgerSchema("sluice", false).statements(wanted);
  }

  @Override
  public List<String> upgrades(Collection<TableName> wanted) {
    return List.of();
  }

  @Override
  public synchronized void initialise(Collection<TableName> wanted) {
    initialised = true;
  }

  private synchronized Map<BatchId, String> inLedger(Collection<BatchId> ids) {
    Map<BatchId, String> found = new HashMap<>();
    ledgerRows.stream()
        .filter(row -> row.quarantined().isEmpty())
        .forEach(row -> found.put(row.batch(), row.loadId()));
    found.keySet().retainAll(Set.copyOf(ids));
    return found;
  }

  private final class InMemoryPauses implements Pauses {
    @Override
    public Optional<Pause> of(TableName table) {
      synchronized (InMemoryWarehouse.this) {
        return Optional.ofNullable(paused.get(table));
      }
    }

    @Override
    public Map<TableName, Pause> all() {
      synchronized (InMemoryWarehouse.this) {
        return new TreeMap<>(paused);
      }
    }

    @Override
    public void pause(Pause pause) {
      synchronized (InMemoryWarehouse.this) {
        paused.put(pause.table(), pause);
      }
    }

    @Override
    public void resume(TableName table) {
      synchronized (InMemoryWarehouse.this) {
        paused.remove(table);
      }
    }
  }

  private final class InMemoryLedger implements Ledger {
    @Override
    public Set<BatchId> loaded(Collection<BatchId> ids) {
      return inLedger(ids).keySet();
    }

    @Override
    public Map<TableName, Long> progress(BatchFolder folder) {
      synchronized (InMemoryWarehouse.this) {
        return new TreeMap<>(progress.getOrDefault(folder, Map.of()));
      }
    }

    @Override
    public void saveProgress(BatchFolder folder, Map<TableName, Long> numbers) {
      synchronized (InMemoryWarehouse.this) {
        Map<TableName, Long> known = progress.computeIfAbsent(folder, f -> new HashMap<>());
        numbers.forEach((table, number) -> known.merge(table, number, Math::max));
      }
    }
  }

  private final class Transaction implements LoadTransaction {
    private final TableName table;
    private final ReentrantLock lock;
    private final Map<BatchId, String> loaded;
    private final List<String> copied = new ArrayList<>();
    private final List<LoadError> leftOut = new ArrayList<>();
    private final List<LedgerRow> recorded = new ArrayList<>();
    private final Map<List<Object>, QuarantineEntry> changes = new HashMap<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Set<String> undone = new HashSet<>();
    private String loadId;

    private Transaction(TableName table, ReentrantLock lock, Map<BatchId, String> loaded) {
      this.table = table;
      this.lock = lock;
      this.loaded = loaded;
    }

    @Override
    public Map<BatchId, String> loaded() {
      return loaded;
    }

    @Override
    public List<LoadError> leftOut() {
      return List.copyOf(leftOut);
    }

    @Override
    public long copy(CopyRequest request) {
      CountDownLatch gate;
      synchronized (InMemoryWarehouse.this) {
        gate = copyGate;
        copyStarted.countDown();
        copies.add(request);
        if (!copyFailures.isEmpty()) {
          throw copyFailures.remove();
        }
        if (!tables.containsKey(table)) {
          throw new WarehouseException(
              FailureKind.MISCONFIGURED,
              "relation \"" + table + "\" does not exist",
              "create the table",
              null);
        }
      }
      pass(gate);
      List<String> lines = read(request);
      copied.addAll(lines);
      return lines.size();
    }

    @Override
    public void merge(String loadId) {
      this.loadId = loadId;
    }

    @Override
    public void undo(Collection<String> loadIds, MissingRows missing) {
      synchronized (InMemoryWarehouse.this) {
        if (!byLoad.containsKey(table)) {
          throw new WarehouseException(
              FailureKind.MISCONFIGURED, table + " has no load-column", "load elsewhere", null);
        }
        for (String id : loadIds) {
          long found = byLoad.get(table).getOrDefault(id, List.of()).size();
          long entered =
              ledgerRows.stream()
                  .filter(row -> isOf(row, id) && row.quarantined().isEmpty())
                  .mapToLong(LedgerRow::rows)
                  .sum();
          boolean gone = found < entered && missing == MissingRows.ACCEPTED;
          if (gone && namingNoLoad() > 0) {
            throw new WarehouseException(
                FailureKind.MISCONFIGURED,
                "%s has %d rows that name no load of the ledger, and they may be those that are missing: nothing is replaced"
                    .formatted(table, namingNoLoad()),
                "find out where they are from",
                null);
          }
          if (found != entered && !gone) {
            throw new WarehouseException(
                FailureKind.MISCONFIGURED,
                "%s has %d rows of load %s and the ledger says %d: nothing is replaced"
                    .formatted(table, found, id, entered),
                "find out who changed the table",
                null);
          }
        }
        undone.addAll(loadIds);
      }
    }

    private long namingNoLoad() {
      return tables.get(table).size()
          - byLoad.get(table).entrySet().stream()
              .filter(load -> ledgerRows.stream().anyMatch(row -> isOf(row, load.getKey())))
              .mapToLong(load -> load.getValue().size())
              .sum();
    }

    private boolean isOf(LedgerRow row, String id) {
      return row.batch().table().equals(table) && row.loadId().equals(id);
    }

    private void takeOut() {
      for (String id : undone) {
        List<String> rows = byLoad.get(table).remove(id);
        (rows == null ? List.<String>of() : rows).forEach(tables.get(table)::remove);
        ledgerRows.removeIf(row -> isOf(row, id));
      }
    }

    @Override
    public void record(List<LedgerRow> rows) {
      recorded.addAll(rows);
    }

    @Override
    public boolean change(QuarantineEntry before, QuarantineEntry after) {
      boolean there =
          quarantine().entries(List.of(table), null, null).stream()
              .anyMatch(
                  entry ->
                      entry.batch().equals(before.batch())
                          && entry.file().equals(before.file())
                          && entry.state() == before.state()
                          && entry.loadId().equals(before.loadId()));
      if (there) {
        changes.put(List.of(before.batch(), before.file()), after);
      }
      return there;
    }

    @Override
    public void commit() {
      synchronized (InMemoryWarehouse.this) {
        CommitFate fate = commitFates.poll();
        if (fate != CommitFate.LOST_BEFORE) {
          takeOut();
          tables.get(table).addAll(copied);
          if (byLoad.containsKey(table) && loadId != null) {
            byLoad.get(table).put(loadId, new ArrayList<>(copied));
          }
          ledgerRows.addAll(recorded);
          decided.putAll(changes);
        }
        if (fate != null) {
          throw new WarehouseException(
              FailureKind.UNKNOWN, "cannot tell whether it committed", "asks the ledger", null);
        }
      }
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    @Override
    public void close() {
      lock.unlock();
    }

    private void pass(CountDownLatch gate) {
      try {
        while (gate != null && !gate.await(5, TimeUnit.MILLISECONDS)) {
          if (cancelled.getCount() == 0) {
            throw new WarehouseException(
                FailureKind.TRANSIENT, "57014 cancelled on user's request", "again", true, null);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WarehouseException(FailureKind.TRANSIENT, "interrupted", "again", e);
      }
    }

    private List<String> read(CopyRequest request) {
      List<String> lines = new ArrayList<>();
      try {
        for (JsonNode entry : MAPPER.readTree(object(request.manifestUri())).get("entries")) {
          String uri = entry.get("url").textValue();
          for (String line : lines(object(uri))) {
            if (line.split(",", -1).length != request.columns().size()) {
              leaveOut(uri, line);
            } else {
              lines.add(line);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return lines;
    }

    private void leaveOut(String uri, String line) {
      leftOut.add(new LoadError(uri, 1, "name", line, "1203", "fields"));
      if (leftOut.size() >= Math.max(1, maxError)) {
        throw refused(uri, line);
      }
    }

    private WarehouseException refused(String uri, String line) {
      WarehouseException failure =
          new WarehouseException(
              FailureKind.BAD_DATA,
              "Load into table '%s' failed".formatted(table.table()),
              "repair the data",
              null);
      return silent
          ? failure
          : failure.because(new LoadError(uri, 1, "name", line, "1203", "fields"));
    }

    private byte[] object(String uri) {
      Optional<byte[]> object = bucket.get(uri.substring(bucketUri.length()));
      return object.orElseThrow(
          () ->
              new WarehouseException(
                  FailureKind.BAD_DATA,
                  "Mandatory url is not present in manifest file: " + uri,
                  "bring it back",
                  null));
    }

    private List<String> lines(byte[] compressed) throws IOException {
      try (InputStream text = new ZstdInputStream(new ByteArrayInputStream(compressed))) {
        return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    }
  }
}
