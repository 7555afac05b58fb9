package io.sluice.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.stack", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.sluice.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PROCESS_NEEDS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("io.sluice.stack.process..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.sluice.stack.process..");

  @ArchTest
  static final ArchRule THE_STORE_KNOWS_NOTHING_OF_THE_WIRE =
      classes()
          .that()
          .resideInAPackage("io.sluice.stack.kinesis.store..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.slf4j..", "io.sluice.stack.kinesis.store..");
}
