package io.sluice.writer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.writer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.sluice.writer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule MAPPING_HAS_LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.sluice.writer.map..")
          .layer("reject")
          .definedBy("io.sluice.writer.map.reject")
          .layer("json")
          .definedBy("io.sluice.writer.map.json")
          .layer("table")
          .definedBy("io.sluice.writer.map.table")
          .layer("value")
          .definedBy("io.sluice.writer.map.value")
          .layer("map")
          .definedBy("io.sluice.writer.map")
          .whereLayer("reject")
          .mayNotAccessAnyLayer()
          .whereLayer("json")
          .mayOnlyAccessLayers("reject")
          .whereLayer("value")
          .mayOnlyAccessLayers("reject", "json")
          .whereLayer("table")
          .mayOnlyAccessLayers("reject", "json", "value");

  @ArchTest
  static final ArchRule THE_AWS_SDK_STAYS_BEHIND_ITS_BOUNDARY =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.sluice.writer.map..",
              "io.sluice.writer.encode",
              "io.sluice.writer.file",
              "io.sluice.writer.commit")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws..");

  @ArchTest
  static final ArchRule ENCODING_AND_COMMITTING_KNOW_NO_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.sluice.writer.map..",
              "io.sluice.writer.encode",
              "io.sluice.writer.file",
              "io.sluice.writer.commit")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule ONLY_THE_APPLICATION_EXITS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(WriterApp.class.getName())
          .should()
          .callMethod(System.class, "exit", int.class);
}
