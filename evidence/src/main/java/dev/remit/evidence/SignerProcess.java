package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.TreeHead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The other side of {@link CommandSigner}: a process that holds a log's key and signs nothing but
 * checkpoints of its own installation's logs that never go back.
 *
 * <p>What it signed is kept in a file beside the key and on disk before a signature is given away:
 * whoever takes over the server cannot make it sign a smaller tree, or another one of the same
 * size. Whether a larger tree continues the smaller one is a witness's question, not its.
 */
public final class SignerProcess {

  private final Ed25519Signer signer;
  private final Path state;
  private final Map<String, TreeHead> heads = new HashMap<>();

  private SignerProcess(Ed25519Signer signer, Path state) {
    this.signer = signer;
    this.state = state;
  }

  /**
   * Opens the key in a file, readable by its owner alone.
   *
   * @throws InvalidValueException if it is damaged or open to others
   */
  public static SignerProcess open(Path key) {
    try {
      if (PrivateFile.isOpenToOthers(key)) {
        throw new InvalidValueException("the key is open to others; set its mode to 0600");
      }
      var signer =
          KeyFile.parse(Files.readString(key, StandardCharsets.UTF_8))
              .orElseThrow(
                  () -> new InvalidValueException("the key is damaged: restore it from a backup"));
      var state = key.resolveSibling(key.getFileName() + ".heads");
      var process = new SignerProcess(signer, state);
      if (Files.exists(state)) {
        Files.readString(state).lines().forEach(process::remember);
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("the key cannot be read", e);
    }
  }

  /** Makes a key for an installation's logs in a new file. */
  public static void create(Path key, String installation, SecureRandom random) {
    if (Files.exists(key)) {
      throw new InvalidValueException("`" + key + "` is there: a key is never written over");
    }
    if (!installation.matches("[0-9a-f]{16}")) {
      throw new InvalidValueException("an installation is named by 16 hexadecimal digits");
    }
    var signer = Ed25519Signer.generate(new KeyName(Anchor.keyName(installation)), random);
    PrivateFile.write(key, out -> out.write(KeyFile.text(signer).getBytes(StandardCharsets.UTF_8)));
  }

  private void remember(String line) {
    var words = line.split(" ", -1);
    if (words.length != 3) {
      throw new InvalidValueException("what was signed cannot be read: restore it from a backup");
    }
    heads.put(words[0], new TreeHead(Long.parseLong(words[1]), Hash.fromBase64(words[2])));
  }

  /** Serves until the input ends. */
  public void serve(BufferedReader in, PrintStream out) throws IOException {
    out.print(signer.verifier() + "\n");
    out.flush();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.print(answer(line) + "\n");
      out.flush();
    }
  }

  private String answer(String line) {
    if (!line.startsWith("sign ")) {
      return "refused only `sign` is known";
    }
    try {
      byte[] text = Base64.getDecoder().decode(line.substring("sign ".length()));
      var checkpoint = Checkpoint.parse(new String(text, StandardCharsets.UTF_8));
      if (!checkpoint.toText().equals(new String(text, StandardCharsets.UTF_8))) {
        return "refused this is no checkpoint";
      }
      String why = advance(checkpoint);
      return why.isEmpty()
          ? "signature " + Base64.getEncoder().encodeToString(signer.sign(text))
          : "refused " + why;
    } catch (InvalidLogDataException | IllegalArgumentException e) {
      return "refused this is no checkpoint";
    }
  }

  /** Why not, or nothing and then it is remembered. */
  private String advance(Checkpoint checkpoint) {
    var origin = checkpoint.origin().value();
    var last = heads.getOrDefault(origin, TreeHead.EMPTY);
    if (!origin.startsWith(signer.name() + "/") || origin.indexOf(' ') >= 0) {
      return "this log is of another installation";
    }
    if (checkpoint.head().size() < last.size()) {
      return "a larger tree of this log was signed before";
    }
    if (checkpoint.head().size() == last.size()) {
      return checkpoint.head().equals(last) ? "" : "another tree of this size was signed before";
    }
    heads.put(origin, checkpoint.head());
    var text = new StringBuilder();
    heads.forEach(
        (log, head) -> text.append(log + " " + head.size() + " " + head.root().toBase64() + "\n"));
    PrivateFile.write(state, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    return "";
  }
}
