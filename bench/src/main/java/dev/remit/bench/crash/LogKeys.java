package dev.remit.bench.crash;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.Hash;
import dev.remit.log.KeyName;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.postgres.LogSigning;
import dev.remit.postgres.SignedHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The key of the runs, and what was signed with it: lines that are forced to disk before a head is
 * given away, as the server's file of heads is.
 */
final class LogKeys implements SignedHeads, AutoCloseable {

  private static final String KEY = "log.key";
  private static final String PUBLIC = "log.pub";

  private final Ed25519Signer key;
  private final Map<TenantId, TreeHead> heads;
  private final FileChannel channel;

  private LogKeys(Ed25519Signer key, Map<TenantId, TreeHead> heads, FileChannel channel) {
    this.key = key;
    this.heads = heads;
    this.channel = channel;
  }

  /** Makes the key. */
  static void create(Path folder) throws IOException {
    var key = Ed25519Signer.generate(new KeyName("remit/crash"), new SecureRandom());
    Files.write(folder.resolve(KEY), key.toPkcs8());
    Files.writeString(folder.resolve(PUBLIC), key.verifier().toString());
  }

  static LogKeys open(Path folder) throws IOException {
    var verifier = Ed25519Verifier.parse(Files.readString(folder.resolve(PUBLIC)));
    var file = folder.resolve("heads");
    return new LogKeys(
        Ed25519Signer.fromPkcs8(verifier, Files.readAllBytes(folder.resolve(KEY))),
        Files.exists(file) ? read(Files.readString(file)) : new HashMap<>(),
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** A last line without its end is of a crash, and what it stands for was not given away. */
  private static Map<TenantId, TreeHead> read(String text) {
    var heads = new HashMap<TenantId, TreeHead>();
    text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 3 && words[2].length() == 64)
        .forEach(words ->
            heads.put(
                new TenantId(words[0]),
                new TreeHead(
                    Long.parseLong(words[1]), Hash.of(HexFormat.of().parseHex(words[2])))));
    return heads;
  }

  LogSigning signing() {
    return new LogSigning((tenant, checkpoint) -> checkpoint.sign(key), trusted(), this);
  }

  TrustedKeys trusted() {
    return TrustedKeys.of(key.verifier());
  }

  @Override
  public Optional<TreeHead> last(TenantId tenant) {
    return Optional.ofNullable(heads.get(tenant));
  }

  @Override
  public void signed(Map<TenantId, TreeHead> signed) {
    // a line that a crash left without its end is ended first
    var lines = new StringBuilder("\n");
    signed.forEach((tenant, head) ->
        lines.append(
            tenant
                + " "
                + head.size()
                + " "
                + HexFormat.of().formatHex(head.root().toBytes())
                + "\n"));
    var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the heads cannot be written", e);
    }
    heads.putAll(signed);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
