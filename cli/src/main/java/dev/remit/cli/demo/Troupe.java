package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import dev.remit.cli.process.StalePostgres;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The processes of a demo, each with its own folder below the data folder.
 *
 * <p>The lab keeps its folder from run to run. The server's folder is new each time: a kill has no
 * lift without a person's gesture, so a second run on the same data would find its agent dead.
 */
final class Troupe implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final Child lab;
  private final Child server;
  private final Value.Obj labFile;
  private final DataFolder data;
  private final FileLock lock;

  private Troupe(Child lab, Child server, Value.Obj labFile, DataFolder data, FileLock lock) {
    this.lab = lab;
    this.server = server;
    this.labFile = labFile;
    this.data = data;
    this.lock = lock;
  }

  /**
   * Starts them and waits until they are ready.
   *
   * @param isKept whether the server takes its usual ports
   */
  static Troupe start(
      Installation installation, Path data, boolean isKept, Consumer<String> progress) {
    var lock = lock(data);
    Path own = data.resolve("demo");
    clean(own);
    Path workspace = data.resolve("demo-workspace");
    DemoWorkspace.write(installation.root().resolve("examples/msp"), workspace);
    var svids = Svids.write(svids(own));
    progress.accept("starting the lab estate");
    var lab = child(Part.lab(data), installation);
    try {
      Path labFile = Path.of(lab.awaitReady(START));
      progress.accept("starting the server with its own PostgreSQL");
      var arguments = arguments(workspace, labFile, svids, isKept);
      var server = child(Part.server(own, arguments, data), installation);
      try {
        progress.accept("ready: " + server.awaitReady(START));
        return new Troupe(lab, server, read(labFile), new DataFolder(own), lock);
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** One demo at a time clears and uses the folder; the lock ends with the process. */
  private static FileLock lock(Path data) {
    try {
      Folders.own(data);
      var file = data.resolve("demo.lock");
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = channel.tryLock();
      if (lock == null) {
        throw CommandException.broken(
            "another demo uses `"
                + data
                + "`: wait for its end, or name another folder with `--data`");
      }
      return lock;
    } catch (IOException e) {
      throw CommandException.broken("cannot use the data folder `" + data + "`");
    }
  }

  private static Child child(Part part, Installation installation) {
    var child = Child.start(part, installation, line -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(child::close));
    return child;
  }

  private static List<String> arguments(Path workspace, Path lab, Svids svids, boolean isKept) {
    return List.of(
        "--workspace",
        workspace.toString(),
        "--lab",
        lab.toString(),
        "--config",
        svids.configuration().toString(),
        "--connections-every",
        "86400",
        "--machines-port",
        isKept ? "8470" : "0",
        "--people-port",
        isKept ? "8471" : "0");
  }

  /** Where the certificates are for a server on this folder. */
  static Path svids(Path own) {
    return own.resolveSibling("demo-svids");
  }

  private static void clean(Path folder) {
    try {
      StalePostgres.stopBelow(folder);
      // Unpacked programs are the same each time and take longest to make.
      Path programs = folder.resolve("postgres/binaries");
      Path aside = folder.resolveSibling("demo-binaries");
      if (Files.exists(programs)) {
        Folders.remove(aside);
        Files.move(programs, aside);
      }
      Folders.remove(folder);
      if (Files.exists(aside)) {
        Files.createDirectories(programs.getParent());
        Files.move(aside, programs);
      }
    } catch (IOException e) {
      throw CommandException.broken(
          "cannot clear `" + folder + "` of an earlier run: stop what uses it");
    }
  }

  private static Value.Obj read(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (IOException e) {
      throw CommandException.broken("cannot read the lab's file `" + file + "`");
    }
  }

  /** Where everything of the lab is. */
  Value.Obj lab() {
    return labFile;
  }

  /** The server's data folder. */
  DataFolder data() {
    return data;
  }

  /** Waits until the server ends. */
  void await() {
    server.await();
  }

  @Override
  public void close() {
    server.close();
    lab.close();
    try {
      lock.channel().close();
    } catch (IOException e) {
      // It ends with the process.
    }
  }
}
