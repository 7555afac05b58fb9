package io.sluice.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.common", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.sluice.common.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_AWS_SDK_STAYS_BEHIND_ITS_BOUNDARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.common.aws")
          .and()
          .haveSimpleNameNotStartingWith("S3")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws..");
}
