package dev.remit.cli.signin;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * What this command line knows of its person's session, in the person's own configuration folder;
 * the token itself lies in the system's keyring, and here only where there is none.
 */
public final class SessionFile {

  private final Path file;
  private final Keyring keyring;

  /** At this place, beside this keyring. */
  public SessionFile(Path file, Keyring keyring) {
    this.file = file;
    this.keyring = keyring;
  }

  /** The file of whoever runs this: {@code remit/session.json} in the configuration folder. */
  public static SessionFile ofUser() {
    var environment = System.getenv();
    return new SessionFile(
        place(environment, System.getProperty("user.home", ".")),
        CommandKeyring.of(environment, System.getProperty("os.name", "")));
  }

  static Path place(Map<String, String> environment, String home) {
    var config =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME")).filter(it -> !it.isBlank());
    return config
        .map(Path::of)
        .orElseGet(() -> Path.of(home, ".config"))
        .resolve("remit/session.json");
  }

  /**
   * A session.
   *
   * @param url where the installation's people's listener is
   */
  public record Kept(String url, String person, String endsAt, String token) {
    @Override
    public String toString() {
      return "Kept[" + person + " at " + url + "]";
    }
  }

  /** Keeps it; says whether the token is in the keyring and not in the file. */
  public boolean keep(Kept session) {
    boolean isInKeyring = keyring.put(session.url(), session.token());
    var known =
        Value.object("url", session.url(), "person", session.person(), "endsAt", session.endsAt());
    write(isInKeyring ? known : known.with("token", Value.of(session.token())));
    return isInKeyring;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** The session that was kept. */
  public Optional<Kept> find() {
    try {
      var known = Json.parseObject(Files.readAllBytes(file));
      String url = known.text("url").orElse("");
      var token = known.text("token").or(() -> keyring.get(url));
      return token.map(text ->
          new Kept(url, known.text("person").orElse("?"), known.text("endsAt").orElse("?"), text));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw CommandException.broken(
          "cannot read `" + file + "`: remove it and run `remit login` again");
    }
  }

  /** Forgets it. */
  public void forget() {
    find().ifPresent(session -> keyring.remove(session.url()));
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw CommandException.broken("cannot remove `" + file + "`: remove it by hand");
    }
  }

  /** Nobody else may read it at any moment: the right comes before the text. */
  private void write(Value.Obj known) {
    var folder = file.toAbsolutePath().getParent();
    try {
      if (folder == null) {
        throw new IOException("no folder");
      }
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, "session", ".new", onlyMine());
      Files.write(fresh, Json.bytes(known));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandException.broken("cannot write `" + file + "`: look at its folder's rights");
    }
  }

  private static FileAttribute<?>[] onlyMine() {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
