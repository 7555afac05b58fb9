package io.sluice.writer.source.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.AmazonClientException;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.amazonaws.services.dynamodbv2.model.ListTablesResult;
import com.amazonaws.services.dynamodbv2.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.leases.exceptions.LeasingException;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLease;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLeaseManager;
import io.sluice.common.manifest.BatchFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease tables of a writer: one a run and stream, so that a predecessor that still runs cannot
 * move the leases of its successor. For one thread at a time.
 */
final class LeaseTables {
  private static final Logger log = LoggerFactory.getLogger(LeaseTables.class);

  private static final Duration TABLE_PATIENCE = Duration.ofMinutes(2);
  private static final int LONGEST_APPLICATION = 60;

  private final AmazonDynamoDB dynamo;
  private final String prefix;
  private final List<String> created = new ArrayList<>();

  LeaseTables(AmazonDynamoDB dynamo, String application, BatchFolder folder) {
    this.dynamo = dynamo;
    this.prefix = prefix(application, folder);
  }

  /**
   * Creates the table of the run that took the folder over by {@code takeover}, with these leases.
   *
   * @return its name
   */
  String create(long takeover, String stream, List<KinesisClientLease> leases) {
    String table = prefix + takeover + "-" + stream;
    KinesisClientLeaseManager manager =
        new KinesisClientLeaseManager(table, dynamo, BillingMode.PAY_PER_REQUEST);
    try {
      // The throughput is not used where each request is paid.
      manager.createLeaseTableIfNotExists(1L, 1L);
      created.add(table);
      if (!manager.waitUntilLeaseTableExists(1, TABLE_PATIENCE.toSeconds())) {
        throw new IllegalStateException(
            "lease table " + table + " was not ready within " + TABLE_PATIENCE);
      }
      for (KinesisClientLease lease : leases) {
        manager.createLeaseIfNotExists(lease);
      }
    } catch (LeasingException e) {
      throw new IllegalStateException("cannot fill lease table " + table, e);
    }
    return table;
  }

  /**
   * Deletes what earlier runs have left, but for the last of them: it may be alive, and has to meet
   * a record to learn at its commit that it is fenced.
   */
  void deleteStale(long takeover) {
    List<String> tables = list();
    long predecessor =
        tables.stream().mapToLong(this::number).filter(n -> n < takeover).max().orElse(0);
    tables.stream().filter(table -> number(table) < predecessor).forEach(this::delete);
  }

  /** Deletes the tables of this run. */
  void deleteOwn() {
    created.forEach(this::delete);
    created.clear();
  }

  /** All tables of this writer. */
  List<String> list() {
    List<String> found = new ArrayList<>();
    ListTablesResult page;
    // Names come in no order that could end the search early.
    ListTablesRequest request = new ListTablesRequest();
    do {
      page = dynamo.listTables(request);
      page.getTableNames().stream()
          .filter(table -> table.startsWith(prefix) && number(table) > 0)
          .forEach(found::add);
      request.setExclusiveStartTableName(page.getLastEvaluatedTableName());
    } while (page.getLastEvaluatedTableName() != null);
    return found;
  }

  private long number(String table) {
    String digits = table.substring(prefix.length()).replaceFirst("-.*", "");
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  private void delete(String table) {
    try {
      dynamo.deleteTable(table);
    } catch (ResourceNotFoundException e) {
      log.debug("lease table {} is gone already", table);
    } catch (AmazonClientException e) {
      log.warn("lease table {} stays behind, a later start deletes it", table, e);
    }
  }

  /** Two folders may have applications of the same name. */
  private static String prefix(String application, BatchFolder folder) {
    String name = application.replaceAll("[^A-Za-z0-9_.-]", "-");
    CRC32C crc = new CRC32C();
    crc.update((application + "\n" + folder).getBytes(UTF_8));
    return "sluice-%s-%08x-"
        .formatted(name.substring(0, Math.min(name.length(), LONGEST_APPLICATION)), crc.getValue());
  }
}
