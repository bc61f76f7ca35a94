package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.evidence.pkcs11.CryptokiException;
import dev.remit.evidence.pkcs11.TokenKey;
import dev.remit.evidence.pkcs11.TokenSigner;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.NoteSigner;
import dev.remit.log.TreeHead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The other side of {@link CommandSigner}: a process that holds a log's key and signs nothing but
 * checkpoints of its own installation's logs that never go back.
 *
 * <p>What it signed is kept in a file beside the key and on disk before a signature is given away:
 * whoever takes over the server cannot make it sign a smaller tree, or another one of the same
 * size. Whether a larger tree continues the smaller one is a witness's question, not its.
 *
 * <p>The key lies in a file ({@code remit log-signer KEY}), or on a PKCS#11 token; then the file
 * holds its verifier key alone.
 */
public final class SignerProcess {

  private static final Duration TOKEN_DEADLINE = Duration.ofSeconds(4);

  private final NoteSigner signer;
  private final Ed25519Verifier verifier;
  private final Path state;
  private final Map<String, TreeHead> heads = new HashMap<>();

  private SignerProcess(NoteSigner signer, Ed25519Verifier verifier, Path state) {
    this.signer = signer;
    this.verifier = verifier;
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
      return remembering(signer, signer.verifier(), key);
    } catch (IOException e) {
      throw new UncheckedIOException("the key cannot be read", e);
    }
  }

  /**
   * Opens a key on a token. The token is asked with the first note.
   *
   * @param key the file that {@link #create(Path, String, TokenKey, Path)} made
   * @param pin a file that holds the PIN, readable by its owner alone
   */
  public static SignerProcess open(Path key, TokenKey where, Path pin) {
    return open(key, where, pin, TOKEN_DEADLINE);
  }

  static SignerProcess open(Path key, TokenKey where, Path pin, Duration deadline) {
    try {
      var verifier = Ed25519Verifier.parse(Files.readString(key, StandardCharsets.UTF_8).strip());
      return remembering(TokenSigner.of(where, pin(pin), verifier, deadline), verifier, key);
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("`" + key + "` holds no verifier key: make it by --create");
    } catch (IOException e) {
      throw new UncheckedIOException("`" + key + "` cannot be read: make it by --create", e);
    }
  }

  private static SignerProcess remembering(NoteSigner signer, Ed25519Verifier verifier, Path key)
      throws IOException {
    var state = key.resolveSibling(key.getFileName() + ".heads");
    var process = new SignerProcess(signer, verifier, state);
    if (Files.exists(state)) {
      Files.readString(state).lines().forEach(process::remember);
    }
    return process;
  }

  /** Makes a key for an installation's logs in a new file. */
  public static void create(Path key, String installation, SecureRandom random) {
    var signer = Ed25519Signer.generate(name(key, installation), random);
    PrivateFile.write(key, out -> out.write(KeyFile.text(signer).getBytes(StandardCharsets.UTF_8)));
  }

  /** Takes the key of an installation's logs from a token, made there if there is none. */
  public static void create(Path key, String installation, TokenKey where, Path pin) {
    var name = name(key, installation);
    var verifier = Ed25519Verifier.of(name, TokenSigner.create(where, pin(pin)));
    PrivateFile.write(key, out -> out.write((verifier + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static KeyName name(Path key, String installation) {
    if (Files.exists(key)) {
      throw new InvalidValueException("`" + key + "` is there: a key is never written over");
    }
    if (!installation.matches("[0-9a-f]{16}")) {
      throw new InvalidValueException("an installation is named by 16 hexadecimal digits");
    }
    return new KeyName(Anchor.keyName(installation));
  }

  /** The first line of the file, read anew at each login. */
  private static Supplier<byte[]> pin(Path file) {
    return () -> {
      try {
        if (PrivateFile.isOpenToOthers(file)) {
          throw new CryptokiException("the PIN file is open to others; set its mode to 0600");
        }
        return PrivateFile.firstLine(file);
      } catch (IOException e) {
        throw new CryptokiException("the PIN file `" + file + "` cannot be read");
      }
    };
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
    out.print(verifier + "\n");
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
    } catch (CryptokiException e) {
      return "refused " + Printable.of(String.valueOf(e.getMessage()));
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
