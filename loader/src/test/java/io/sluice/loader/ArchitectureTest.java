package io.sluice.loader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.loader.daemon.LoaderParts;
import io.sluice.loader.intake.SqsAnnouncer;
import io.sluice.loader.intake.SqsInbox;

@AnalyzeClasses(packages = "io.sluice.loader", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheWarehouseKnowsJdbc =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.loader.warehouse")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "com.amazon.redshift..");

  @ArchTest
  static final ArchRule onlyTheBoundaryKnowsTheAwsSdk =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SqsInbox.class, SqsAnnouncer.class, LoaderParts.class)
          .and()
          .resideOutsideOfPackage("io.sluice.loader.login")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.loader.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.loader.cli")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule onlyHealthKnowsPrometheusHttpAndUnixSockets =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.loader.health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.prometheus..", "com.sun.net.httpserver..", "java.net.http..", "org.newsclub..");

  @ArchTest
  static final ArchRule healthOnlyListens =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.loader.health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.loader.daemon", "io.sluice.loader.cli");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.sluice.loader.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule planningIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.loader.plan")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.loader.intake",
              "io.sluice.loader.load",
              "io.sluice.loader.store",
              "io.sluice.loader.warehouse",
              "io.sluice.common.store",
              "java.util.concurrent..");
}
