package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.ContractException;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.warehouse.WarehouseException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs checks one after another; one that fails stops no other, except those that could only fail
 * in the same way.
 */
public final class Doctor {
  /**
   * Checks that belong together.
   *
   * @param first the one that all others rely on
   */
  public record Group(Check first, List<Check> others) {
    public Group {
      others = List.copyOf(others);
    }
  }

  private Doctor() {}

  /**
   * Runs all checks.
   *
   * @param told hears of each finding
   */
  public static void run(List<Group> groups, Consumer<Finding> told) {
    for (Group group : groups) {
      List<Finding> first = findings(group.first());
      first.forEach(told);
      if (first.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL)) {
        group.others().forEach(check -> findings(check).forEach(told));
      } else {
        group
            .others()
            .forEach(
                check ->
                    told.accept(
                        Finding.info(
                            check.subject(),
                            "not looked at, for " + group.first().subject() + " fails")));
      }
    }
  }

  private static List<Finding> findings(Check check) {
    String subject = check.subject();
    try {
      return check.run();
    } catch (WarehouseException e) {
      return List.of(Finding.fail(subject, e.getMessage(), e.remedy()));
    } catch (ObjectStoreException e) {
      String remedy =
          e.isTransient()
              ? "look whether S3 is in reach of this machine, and try again"
              : "check loader.batch-folders, the credentials and the permissions on the bucket";
      return List.of(Finding.fail(subject, e.getMessage(), remedy));
    } catch (InboxException e) {
      String remedy =
          switch (e.kind()) {
            case TRANSIENT -> "look whether SQS is in reach of this machine, and try again";
            case MISCONFIGURED -> "check loader.queue, the credentials and the permissions on it";
          };
      return List.of(Finding.fail(subject, e.getMessage(), remedy));
    } catch (ContractException e) {
      return List.of(
          Finding.fail(subject, e.getMessage(), "bring the manifest back, or use a newer Sluice"));
    }
  }
}
