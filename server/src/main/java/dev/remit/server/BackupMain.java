package dev.remit.server;

import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.secret.BackupKey;
import dev.remit.postgres.DatabaseUnavailableException;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import dev.remit.postgres.embedded.EmbeddedDatabaseException;
import dev.remit.server.restore.Backup;
import dev.remit.server.restore.Restored;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Backs up a data folder, or makes one from a backup. Exit codes: 1 the restored logs are not the
 * ones that others saw, 2 wrong usage or input, 3 something else is broken.
 *
 * <p>{@code backup DATA FILE KEY}; {@code restore FILE KEY DATA [KEPT...]}; {@code take-back DATA
 * KEPT...}; {@code declare DATA CAUSE} marks a folder whose database other tools brought back. What
 * others {@code KEPT} is written {@code mirror=PLACE} and {@code note=FILE}, and {@code
 * database=URL} names a database of one's own.
 */
public final class BackupMain {

  private BackupMain() {}

  /** See the class for the arguments. */
  public static void main(String[] arguments) {
    Logs.quiet();
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> given) {
    // Whoever starts parts tells them its process id; this one ends by itself.
    var arguments = given.contains("--parent-pid") ? given.subList(0, given.size() - 2) : given;
    try {
      return switch (arguments.getFirst()) {
        case "backup" ->
            backup(Path.of(arguments.get(1)), Path.of(arguments.get(2)), Path.of(arguments.get(3)));
        case "restore" -> restore(arguments.subList(1, arguments.size()));
        case "take-back" -> takeBack(arguments.subList(1, arguments.size()));
        case "declare" -> {
          Restored.declare(Path.of(arguments.get(1)), arguments.get(2));
          System.out.println("the next start ends what an earlier life of the data left");
          yield 0;
        }
        default -> throw new InvalidValueException("say backup, restore, take-back or declare");
      };
    } catch (InvalidValueException | StartupException e) {
      System.err.println("remit: " + e.getMessage());
      return 2;
    } catch (EmbeddedDatabaseException | DatabaseUnavailableException | UncheckedIOException e) {
      System.err.println("remit: " + e.getMessage());
      return 3;
    }
  }

  private static int backup(Path data, Path file, Path key) {
    var sealing = BackupKey.read(key);
    if (!Files.isDirectory(data)) {
      throw new InvalidValueException("`" + data + "` is no data folder");
    }
    boolean hasDatabase = Files.isDirectory(data.resolve("postgres/cluster"));
    if (!hasDatabase) {
      System.out.println("the database is one of your own: back it up with its own tools as well");
      Backup.write(data, file, sealing, false, Instant.now());
    } else if (isServed(data)) {
      Backup.write(data, file, sealing, true, Instant.now());
    } else {
      try (var _ = EmbeddedDatabase.start(data, new SecureRandom())) {
        Backup.write(data, file, sealing, true, Instant.now());
      }
    }
    System.out.println("backed up `" + data + "` to `" + file + "`");
    return 0;
  }

  private static boolean isServed(Path data) {
    try {
      DataFolder.release(DataFolder.open(data, new SecureRandom()).lock());
      return false;
    } catch (StartupException e) {
      return true;
    }
  }

  private static int restore(List<String> arguments) {
    var data = Path.of(arguments.get(2));
    var about =
        Backup.restore(Path.of(arguments.get(0)), BackupKey.read(Path.of(arguments.get(1))), data);
    System.out.println("restored `" + data + "` as it was at " + about.at());
    var kept = Kept.read(arguments.subList(3, arguments.size()));
    if (!about.hasDatabase()) {
      System.out.println("the database was one of your own: bring it back before the next start");
      return 0;
    }
    if (kept.isNothing()) {
      System.out.println("not compared with what others saw: give --mirror or --checkpoint");
      return 0;
    }
    return takeBack(data, kept);
  }

  private static int takeBack(List<String> arguments) {
    var data = Path.of(arguments.getFirst());
    if (!Files.isDirectory(data) || !Restored.isMarked(data)) {
      throw new InvalidValueException(
          "`" + data + "` was not restored, or was served from since: entries have their place");
    }
    return takeBack(data, Kept.read(arguments.subList(1, arguments.size())));
  }

  private static int takeBack(Path data, Kept kept) {
    var random = new SecureRandom();
    List<String> objections;
    try (var host = DatabaseHost.open(kept.database(), data, random)) {
      objections =
          Restored.takeBack(
              data,
              host.serving(),
              host.administration(),
              kept.mirrors(),
              kept.notes(),
              new SecureIds(random),
              System.out::println);
    }
    objections.forEach(System.err::println);
    return objections.isEmpty() ? 0 : 1;
  }

  /** What others kept of the logs, as {@code mirror=}, {@code note=} and {@code database=}. */
  private record Kept(List<String> mirrors, List<Path> notes, Optional<URI> database) {

    private static Kept read(List<String> arguments) {
      return new Kept(
          of("mirror=", arguments),
          of("note=", arguments).stream().map(Path::of).toList(),
          of("database=", arguments).stream().map(URI::create).findFirst());
    }

    private static List<String> of(String name, List<String> arguments) {
      return arguments.stream()
          .filter(argument -> argument.startsWith(name))
          .map(argument -> argument.substring(name.length()))
          .toList();
    }

    private boolean isNothing() {
      return mirrors.isEmpty() && notes.isEmpty();
    }
  }
}
