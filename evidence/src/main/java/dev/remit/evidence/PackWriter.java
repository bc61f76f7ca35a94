package dev.remit.evidence;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.log.MerkleTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Writes the lines of a pack, each in canonical form, and the digest that ends it. */
final class PackWriter {

  private final OutputStream out;
  private final MessageDigest digest = LineReader.sha256();
  private long entries;
  private long pending;

  /**
   * @param out buffered and closed by the caller
   */
  PackWriter(OutputStream out) {
    this.out = out;
  }

  void header(Value.Obj header) throws IOException {
    line(header);
  }

  void cosigned(String note) throws IOException {
    line(Value.object("cosigned", note));
  }

  void skipped(LeftOut out) throws IOException {
    line(Value.object("skipped", out.toValue()));
  }

  void entry(long index, Value.Obj entry) throws IOException {
    line(withHash(entry).with("index", Value.of(index)));
    entries++;
  }

  void checkpoint(String note) throws IOException {
    line(Value.object("checkpoint", note));
  }

  void pending(Value.Obj entry) throws IOException {
    line(Value.object("pending", withHash(entry)));
    pending++;
  }

  void end() throws IOException {
    line(
        Value.object(
            "end",
            Value.object(
                "entries", entries, "pending", pending, "sha256", LineReader.text(digest))));
  }

  /** A body that no reader would take is withheld, so that one entry never stops an export. */
  private static Value.Obj readable(Value.Obj entry) {
    boolean isTooDeep =
        entry
            .object("body")
            .filter(b -> !PackForm.isWithin(b, PackForm.MAX_BODY_DEPTH))
            .isPresent();
    return isTooDeep ? entry.without("body").without("salt") : entry;
  }

  private static Value.Obj withHash(Value.Obj entry) {
    return PackForm.value(content(entry));
  }

  /** An entry as a pack carries it, with its leaf's hash. */
  static PackLine.Content content(Value.Obj entry) {
    String leaf = PackForm.required(entry.text("leaf"), "a leaf is text");
    String hash = MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)).toBase64();
    return PackForm.content(readable(entry).with("hash", Value.of(hash)));
  }

  private void line(Value.Obj value) throws IOException {
    byte[] bytes = CanonicalJson.bytes(value);
    digest.update(bytes);
    digest.update((byte) '\n');
    out.write(bytes);
    out.write('\n');
  }
}
