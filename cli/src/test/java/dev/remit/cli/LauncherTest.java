package dev.remit.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run on folders of its own with JDKs that only print. */
class LauncherTest {

  @TempDir private Path temp = Path.of("");

  private Launch launch = new Launch(Path.of(""), Path.of(""));

  @BeforeEach
  void aBuiltFolderWithAnAwkwardName() throws IOException {
    Path home = temp.resolve("a folder's \"name\"");
    Files.createDirectories(home);
    Files.copy(Path.of(System.getProperty("remit.root"), "remit"), home.resolve("remit"));
    Files.setPosixFilePermissions(home.resolve("remit"), fromString("rwxr-xr-x"));
    launch = new Launch(home, temp.resolve("jdks"));
    Files.createDirectories(launch.jdks());
    launch.part("cli");
  }

  @Test
  void aJdkOf25FromTheListedFoldersIsFound() throws Exception {
    Path jdk = launch.jdk("temurin 25", "25.0.3");
    launch.jdk("a17", "17.0.1");
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("java of " + jdk);
  }

  @Test
  void aNewerJdkThan25WillDo() throws Exception {
    launch.jdk("jdk-27", "27");
    assertThat(launch.run("tasks").exit()).isZero();
  }

  @Test
  void remitJavaHomeComesBeforeJavaHome() throws Exception {
    Path wanted = launch.jdk("wanted", "25");
    Path other = launch.jdk("other", "25");
    launch.set("REMIT_JAVA_HOME", wanted.toString());
    launch.set("JAVA_HOME", other.toString());
    assertThat(launch.run("tasks").out()).contains("java of " + wanted);
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    launch.set("JAVA_HOME", launch.jdk("old", "17.0.1").toString());
    Path good = launch.jdk("good", "25.0.1");
    assertThat(launch.run("tasks").out()).contains("java of " + good);
  }

  @Test
  void anOldRemitJavaHomeIsSaidAndNotReplaced() throws Exception {
    launch.set("REMIT_JAVA_HOME", launch.jdk("old", "17.0.1").toString());
    launch.jdk("good", "25");
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err().lines()).singleElement().asString().contains("REMIT_JAVA_HOME", "25");
  }

  @Test
  void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
    launch.jdk("old", "21.0.2");
    Files.createDirectories(launch.jdks().resolve("empty"));
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .contains("no JDK 25", "install", "REMIT_JAVA_HOME");
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
    Path jre = launch.jdk("jre", "25");
    Files.delete(jre.resolve("bin/javac"));
    assertThat(launch.run("tasks").exit()).isEqualTo(3);
  }

  @Test
  void argumentsArriveAsTheyWere() throws Exception {
    launch.jdk("jdk", "25");
    var ran = launch.run("kill", "--reason", "it's \"odd\" $HOME `x` *", "");
    assertThat(ran.out())
        .contains("<kill>\n<--reason>\n<it's \"odd\" $HOME `x` *>\n<>")
        .contains("-Dremit.root=" + launch.home().toRealPath());
  }

  @Test
  void itIsFoundThroughSymbolicLinks() throws Exception {
    launch.jdk("jdk", "25");
    Path bin = Files.createDirectories(temp.resolve("bin dir"));
    Path first = Files.createSymbolicLink(bin.resolve("first"), launch.home().resolve("remit"));
    Files.createSymbolicLink(bin.resolve("second"), first.getFileName());
    var ran = launch.runScript(bin.resolve("second"), "tasks");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("-Dremit.root=" + launch.home().toRealPath());
  }

  @Test
  void theExitCodeIsTheCommands() throws Exception {
    launch.jdk("jdk", "25");
    launch.set("FAKE_EXIT", "7");
    assertThat(launch.run("tasks").exit()).isEqualTo(7);
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws Exception {
    launch.jdk("jdk", "25");
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isZero();
    assertThat(launch.builds()).isEmpty();
  }

  @Test
  void aMissingJarIsBuiltWithProgress() throws Exception {
    launch.jdk("jdk", "25");
    Files.delete(launch.jar("cli"));
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isZero();
    assertThat(launch.builds()).hasSize(1);
    assertThat(ran.err()).contains("remit: building Remit command line [1/1]");
    assertThat(ran.out()).doesNotContain("building");
  }

  @Test
  void aNewerSourceOfAnyModuleIsBuilt() throws Exception {
    launch.jdk("jdk", "25");
    Path source = launch.home().resolve("core/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    assertThat(launch.run("tasks").exit()).isZero();
    assertThat(launch.builds()).hasSize(1);
  }

  @Test
  void aNewerTestOrBuiltFileIsNoReasonToBuild() throws Exception {
    launch.jdk("jdk", "25");
    for (String name : List.of("core/src/test/java/T.java", "core/target/src/main/X.java")) {
      Path file = launch.home().resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    assertThat(launch.run("tasks").exit()).isZero();
    assertThat(launch.builds()).isEmpty();
  }

  @Test
  void aFailedBuildStopsWithItsErrors() throws Exception {
    launch.jdk("jdk", "25");
    Files.delete(launch.jar("cli"));
    launch.set("FAKE_BUILD_EXIT", "1");
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("[ERROR] it does not compile", "the build failed");
  }

  @Test
  void withoutMavenOneLineSaysSo() throws Exception {
    launch.jdk("jdk", "25");
    Files.delete(launch.jar("cli"));
    launch.set("REMIT_MAVEN", temp.resolve("no-such-maven").toString());
    var ran = launch.run("tasks");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err().lines()).singleElement().asString().contains("Maven");
  }

  @Test
  void noBuildRunsWhatIsThere() throws Exception {
    launch.jdk("jdk", "25");
    Files.setLastModifiedTime(launch.jar("cli"), FileTime.from(Instant.EPOCH));
    launch.set("REMIT_NO_BUILD", "1");
    assertThat(launch.run("tasks").exit()).isZero();
    assertThat(launch.builds()).isEmpty();
  }
}
