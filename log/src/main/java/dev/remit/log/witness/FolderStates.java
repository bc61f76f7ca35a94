package dev.remit.log.witness;

import dev.remit.log.Checkpoint;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A witness's memory in a folder: one file for each log, holding the cosigned checkpoint.
 *
 * <p>The folder is locked for one process. It is made once, by {@link #create}; opening one that is
 * missing is refused, because a witness that forgot would cosign a second history. Crash order:
 * bytes to an unfinished file, fsync, rename over the old one, fsync of the folder.
 */
public final class FolderStates implements WitnessStates, AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Failpoint failpoint;

  /** What stands between the steps of a write, for tests that crash there. */
  @FunctionalInterface
  interface Failpoint {
    void passed(Step step) throws IOException;
  }

  /** The steps of a write, in order. */
  enum Step {
    WRITTEN,
    SYNCED,
    RENAMED,
    FOLDER_SYNCED
  }

  FolderStates(Path folder, Failpoint failpoint) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("the witness's memory `" + folder + "` is missing: restore it");
    }
    this.folder = folder;
    this.failpoint = failpoint;
    this.lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.lock = lock();
  }

  private FileLock lock() throws IOException {
    FileLock taken;
    try {
      taken = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      taken = null;
    }
    if (taken == null) {
      lockFile.close();
      throw new IOException("another witness uses `" + folder + "`: stop it first");
    }
    return taken;
  }

  /** Makes an empty memory; refused where there is one. */
  public static void create(Path folder) throws IOException {
    Files.createDirectory(folder);
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /** Opens a memory that is there; the caller closes it. */
  public static FolderStates open(Path folder) throws IOException {
    return new FolderStates(folder, step -> {});
  }

  @Override
  public Optional<SignedNote> latest(Origin log) throws IOException {
    Path file = file(log);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(file));
      if (Checkpoint.parse(note.text()).origin().equals(log)) {
        return Optional.of(note);
      }
    } catch (InvalidLogDataException e) {
      throw new IOException("the witness's memory of `" + log + "` is damaged", e);
    }
    throw new IOException("the witness's memory of `" + log + "` is of another log");
  }

  @Override
  public void remember(Origin log, SignedNote checkpoint) throws IOException {
    Path unfinished = folder.resolve("unfinished");
    try (var out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (ByteBuffer bytes = ByteBuffer.wrap(checkpoint.toBytes()); bytes.hasRemaining(); ) {
        out.write(bytes);
      }
      failpoint.passed(Step.WRITTEN);
      out.force(true);
    }
    failpoint.passed(Step.SYNCED);
    Files.move(unfinished, file(log), StandardCopyOption.ATOMIC_MOVE);
    failpoint.passed(Step.RENAMED);
    sync(folder);
    failpoint.passed(Step.FOLDER_SYNCED);
  }

  private static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path file(Origin log) {
    byte[] name = log.value().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(MerkleTree.hashLeaf(name).toHex() + ".checkpoint");
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
