package dev.remit.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The shape of the house, held by the build: who may know whom. */
class ArchitectureTest {

  /** Each may name those before it; kill and release stand beside the flow. */
  private static final List<String> FLOW =
      List.of(
          "value",
          "tenant",
          "identity",
          "target",
          "task",
          "call",
          "decision",
          "approval",
          "lease",
          "execution",
          "evidence");

  private static final List<String> ADAPTERS =
      List.of("policy", "workspace", "identity", "evidence", "postgres", "connectors", "web");

  private static final JavaClasses REMIT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.remit");

  @Test
  void everyModuleIsLookedAt() {
    for (String module : ADAPTERS) {
      assertThat(REMIT.stream().map(JavaClass::getPackageName))
          .anyMatch(name -> name.startsWith("dev.remit." + module));
    }
  }

  @Test
  void theDomainStandsOnTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.remit.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "javax.crypto..", "org.jspecify..", "dev.remit.core..")
        .check(REMIT);
  }

  @Test
  void theDomainOpensNoSocketAndNoFile() {
    noClasses()
        .that()
        .resideInAPackage("dev.remit.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "java.nio.channels..")
        .check(REMIT);
  }

  @Test
  void stagesNameOnlyEarlierStages() {
    for (int i = 0; i < FLOW.size(); i++) {
      var later = FLOW.subList(i + 1, FLOW.size()).stream().map(s -> "dev.remit.core." + s);
      if (i + 1 < FLOW.size()) {
        noClasses()
            .that()
            .resideInAPackage("dev.remit.core." + FLOW.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.toArray(String[]::new))
            .check(REMIT);
      }
    }
  }

  @Test
  void onlyDriversKnowTheDrivers() {
    noClasses()
        .that()
        .resideInAPackage("dev.remit.core..")
        .and()
        .resideOutsideOfPackage("dev.remit.core.flow")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.remit.core.flow")
        .check(REMIT);
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    for (String adapter : ADAPTERS) {
      var others =
          ADAPTERS.stream()
              .filter(other -> !other.equals(adapter))
              .filter(other -> !(adapter.equals("workspace") && other.equals("policy")))
              .filter(other -> !(adapter.equals("web") && other.equals("evidence")))
              .map(other -> "dev.remit." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.remit." + adapter + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(REMIT);
    }
  }

  @Test
  void nothingDependsOnTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.remit.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.remit.server..")
        .check(REMIT);
  }

  @Test
  void cedarsJacksonStaysInPolicy() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.remit.policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..", "com.cedarpolicy..")
        .check(REMIT);
  }

  @Test
  void jsonTreesStayAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.remit.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(REMIT);
  }

  @Test
  void timeAndChanceComeFromTheServerAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.remit.server..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(REMIT);
  }

  @Test
  void aPersonsCallEntersThroughThePeoplesListenerAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.remit.core.flow")
        .should()
        .callConstructor(
            dev.remit.core.identity.Caller.OfPerson.class,
            dev.remit.core.identity.Person.class,
            dev.remit.core.tenant.TenantId.class,
            dev.remit.core.tenant.Environment.class,
            dev.remit.core.identity.GradeFamily.class,
            Instant.class)
        .check(REMIT);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.remit.web.machines..", "dev.remit.web.mcp..", "dev.remit.identity..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.remit\\.core\\.flow\\.OwnCall.*")
        .check(REMIT);
  }
}
