package dev.remit.evidence.pkcs11;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * SoftHSM of Debian's package with tokens in a folder of its own: a real PKCS#11 module, without
 * the hardware.
 */
public final class SoftToken {

  /** The label of the token. */
  public static final String TOKEN = "logs";

  /** Of the user. */
  public static final String PIN = "4711-0815";

  private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final Path TOOL = Path.of("/usr/bin/softhsm2-util");

  private final Path folder;

  private SoftToken(Path folder) {
    this.folder = folder;
  }

  /**
   * One token in a new folder; skipped where there is no SoftHSM, but not in the build's own run.
   */
  public static SoftToken in(Path folder) throws IOException {
    boolean isThere = Files.exists(MODULE) && Files.isExecutable(TOOL);
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("SoftHSM is not installed: apt-get install softhsm2");
    }
    Assumptions.assumeTrue(isThere, "skipped: SoftHSM is not installed (apt-get install softhsm2)");
    var token = new SoftToken(Files.createDirectories(folder));
    Files.createDirectories(folder.resolve("tokens"));
    Files.writeString(
        token.configuration(), "directories.tokendir = " + folder.resolve("tokens") + "\n");
    token.add(TOKEN);
    return token;
  }

  /** A further token; nothing keeps it from bearing the label of another. */
  void add(String label) {
    tool("--init-token", "--free", "--label", label, "--so-pin", "0000-9999", "--pin", PIN);
  }

  /** The tool that comes with SoftHSM; its process sees what is stored now. */
  void tool(String... arguments) {
    var command = new ArrayList<>(List.of(TOOL.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration().toString());
    try {
      var process = builder.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path configuration() {
    return folder.resolve("softhsm2.conf");
  }

  /** What a process has to be started with to use this token. */
  public List<String> environment() {
    return List.of("/usr/bin/env", "SOFTHSM2_CONF=" + configuration());
  }

  /** Makes this process use this token, until another one is used. */
  @SuppressWarnings("restricted")
  public void use() {
    var linker = Linker.nativeLinker();
    var setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (var arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("SOFTHSM2_CONF");
      MemorySegment value = arena.allocateFrom(configuration().toString());
      var _ = (int) setenv.invoke(name, value, 1);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a key of this label lies. */
  public TokenKey key(String label) {
    return new TokenKey(MODULE, TOKEN, label);
  }
}
