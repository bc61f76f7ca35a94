package dev.remit.server.restore;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the data folder knows of the database: whether somebody said that it was restored, and how
 * long the logs were. It lies outside the database so that both do not go back together.
 */
public final class Memory {

  private static final String MARK = "restored.json";
  private static final String SIZES = "log-sizes.json";

  private final Path folder;

  /** In this data folder. */
  public Memory(Path folder) {
    this.folder = folder;
  }

  /** Says that the data below this folder came back from a backup; survives a crash. */
  public void mark(String cause) {
    write(MARK, Value.object("cause", cause));
  }

  /** Why it is said to be restored; empty when nobody said so. */
  public Optional<String> marked() {
    return read(MARK).map(mark -> mark.text("cause").orElse("restored"));
  }

  /** Forgets that it was said. */
  public void unmark() {
    try {
      Files.deleteIfExists(folder.resolve(MARK));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove `" + MARK + "` in the data folder", e);
    }
  }

  /** Remembers how long the logs are in this epoch. */
  public void keep(long epoch, Map<TenantId, Long> sizes) {
    var members = new TreeMap<String, Value>();
    sizes.forEach((tenant, size) -> members.put(tenant.value(), Value.of(size)));
    write(SIZES, Value.object("epoch", epoch, "sizes", new Value.Obj(members)));
  }

  /** How long the logs were when it was last remembered; nothing if that was in another epoch. */
  public Map<TenantId, Long> sizes(long epoch) {
    var known =
        read(SIZES)
            .filter(kept -> kept.integer("epoch").equals(Optional.of(epoch)))
            .flatMap(kept -> kept.object("sizes"))
            .orElse(Value.Obj.EMPTY);
    var sizes = new HashMap<TenantId, Long>();
    known
        .members()
        .keySet()
        .forEach(tenant ->
            known.integer(tenant).ifPresent(size -> sizes.put(new TenantId(tenant), size)));
    return Map.copyOf(sizes);
  }

  private Optional<Value.Obj> read(String name) {
    try {
      return Optional.of(Json.parseObject(Files.readAllBytes(folder.resolve(name))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + name + "` in the data folder", e);
    }
  }

  private void write(String name, Value.Obj content) {
    var draft = folder.resolve("." + name);
    try {
      try (var channel =
          java.nio.channels.FileChannel.open(
              draft,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.TRUNCATE_EXISTING,
              java.nio.file.StandardOpenOption.WRITE)) {
        channel.write(
            java.nio.ByteBuffer.wrap(CanonicalJson.text(content).getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(
          draft,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + name + "` in the data folder", e);
    }
  }
}
