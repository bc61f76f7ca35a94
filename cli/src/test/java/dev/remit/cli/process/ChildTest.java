package dev.remit.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

  private static final String CLASS = "dev/remit/cli/process/FakePart.class";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path temp = Path.of("");
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  @BeforeEach
  void aBuiltPart() throws IOException {
    Path target = Files.createDirectories(temp.resolve("a root/fake/target"));
    try (InputStream in = ChildTest.class.getResourceAsStream("/" + CLASS);
        var jar = new ZipOutputStream(Files.newOutputStream(target.resolve("remit-fake-1.jar")))) {
      if (in == null) {
        throw new IOException("the fake part is not compiled");
      }
      jar.putNextEntry(new ZipEntry(CLASS));
      in.transferTo(jar);
    }
  }

  private Child start(String... arguments) {
    var part =
        new Part(
            "fake",
            "dev.remit.cli.process.FakePart",
            "fake ready",
            List.of("-Xmx32m"),
            List.of(arguments),
            temp.resolve("database"),
            temp.resolve("cache"),
            temp.resolve("log/fake.log"));
    return Child.start(part, new Installation(temp.resolve("a root")), said::add);
  }

  @Test
  void theReadyLineIsHandedOn() {
    try (Child child = start("ready", "two words")) {
      assertThat(child.awaitReady(LONG)).isEqualTo("{\"port\":1}");
      assertThat(said).anyMatch(line -> line.startsWith("got [ready, two words, --parent-pid, "));
    }
  }

  @Test
  void aPartThatEndsTooEarlyIsReportedInItsOwnWords() {
    try (Child child = start("fail")) {
      assertThatThrownBy(() -> child.awaitReady(LONG))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("ended before it was ready")
          .hasMessageContaining("the port is taken");
      assertThat(child.await()).isEqualTo(3);
    }
  }

  @Test
  void aPartThatIsNeverReadyIsNotAwaitedForEver() throws InterruptedException {
    try (Child child = start("stay")) {
      assertThat(said.poll(30, TimeUnit.SECONDS)).startsWith("got ");
      assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(10)))
          .hasMessageContaining("is not ready after");
    }
  }

  @Test
  void aClosedPartIsGone() {
    var child = start("ready");
    child.awaitReady(LONG);
    child.close();
    assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    child.close();
  }

  @Test
  void itsOutputIsKeptInItsLog() throws IOException {
    try (Child child = start("ready")) {
      child.awaitReady(LONG);
    }
    assertThat(Files.readString(temp.resolve("log/fake.log"))).contains("fake ready");
  }

  @Test
  void aPartThatIsNotBuiltIsSaid() {
    assertThatThrownBy(() -> new Installation(temp).classPath("server"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("not built");
  }
}
