package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.Inspection;
import io.sluice.loader.warehouse.TlsSettings;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The checks of the warehouse as a whole. */
final class WarehouseChecks {
  private static final String INIT = "run sluice-loader init with the same settings";

  private WarehouseChecks() {}

  /** Whether the loader can log in, and when the warehouse thinks it is. */
  static Check login(Inspection inspection, InstantSource clock) {
    return check(
        "warehouse login",
        () -> {
          inspection.now();
          Instant before = clock.instant();
          Instant theirs = inspection.now();
          return List.of(
              Finding.ok("warehouse login", "works"),
              Clocks.compare("the warehouse", theirs, before, clock.instant()));
        });
  }

  static Check tls(TlsSettings tls) {
    String subject = "warehouse TLS";
    return check(
        subject,
        () -> {
          if (tls.mode().isEmpty()) {
            return List.of(
                Finding.warn(
                    subject,
                    "as the URL says it",
                    "set loader.warehouse.tls.mode = verify-full and take ssl and sslmode out of the URL"));
          }
          return List.of(
              switch (tls.mode().get()) {
                case VERIFY_FULL -> Finding.ok(subject, "verify-full");
                case VERIFY_CA ->
                    Finding.warn(
                        subject,
                        "verify-ca: any host with a certificate of this authority is believed",
                        "set loader.warehouse.tls.mode = verify-full");
                case OFF ->
                    Finding.warn(
                        subject,
                        "off: password and data go in the clear",
                        "set loader.warehouse.tls.mode = verify-full");
              });
        });
  }

  /** Ledger, locks and targets: what keeps the loader from starting. */
  static Check tables(Warehouse warehouse, Collection<TableName> tables) {
    String subject = "ledger, locks and tables";
    return check(
        subject,
        () -> {
          List<Finding> findings = new ArrayList<>();
          for (String problem : warehouse.problems(tables)) {
            int remedy = problem.lastIndexOf(": ");
            findings.add(
                remedy < 0
                    ? Finding.fail(subject, problem, INIT)
                    : Finding.fail(
                        subject, problem.substring(0, remedy), problem.substring(remedy + 2)));
          }
          return findings.isEmpty()
              ? List.of(Finding.ok(subject, "%d tables are there".formatted(tables.size())))
              : findings;
        });
  }

  static Check ledgerColumns(Inspection inspection, Collection<TableName> tables) {
    String subject = "ledger version";
    return check(
        subject,
        () -> {
          List<String> incomplete = inspection.incompleteLedgers(tables);
          return incomplete.isEmpty()
              ? List.of(Finding.ok(subject, "all columns are there"))
              : incomplete.stream().map(why -> Finding.fail(subject, why, INIT)).toList();
        });
  }

  static Check check(String subject, Supplier<List<Finding>> run) {
    return new Check() {
      @Override
      public String subject() {
        return subject;
      }

      @Override
      public List<Finding> run() {
        return run.get();
      }
    };
  }
}
