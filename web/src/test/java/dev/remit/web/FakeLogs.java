package dev.remit.web;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.tile.EntryBundle;
import dev.remit.log.tile.TilePath;
import dev.remit.log.tile.Tiles;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The log of one tenant with five equal entries, signed with a key of this run. */
final class FakeLogs implements LogFiles {

  private static final TenantId TENANT = new TenantId("harbor-dental");
  private static final byte[] LEAF = "{\"kind\":\"intent\"}".getBytes(StandardCharsets.UTF_8);
  private static final int SIZE = 5;

  private final MemoryHashes hashes = new MemoryHashes();
  private final String note;

  FakeLogs() {
    var key = Ed25519Signer.generate(new KeyName("remit/00112233445566ff"), new SecureRandom());
    var frontier = new Frontier();
    for (int i = 0; i < SIZE; i++) {
      frontier.append(MerkleTree.hashLeaf(LEAF), hashes);
    }
    var origin = new Origin("remit/00112233445566ff/" + TENANT);
    note = new Checkpoint(origin, frontier.head()).sign(key).toString();
  }

  @Override
  public Optional<byte[]> read(TenantId tenant, String path) {
    if (!tenant.equals(TENANT)) {
      return Optional.empty();
    }
    if (path.equals(CHECKPOINT)) {
      return Optional.of(note.getBytes(StandardCharsets.UTF_8));
    }
    TilePath tile;
    try {
      tile = TilePath.parse(path);
    } catch (InvalidLogDataException e) {
      return Optional.empty();
    }
    return Tiles.isPartOf(tile, SIZE) ? Optional.of(bytes(tile)) : Optional.empty();
  }

  private byte[] bytes(TilePath tile) {
    return switch (tile) {
      case TilePath.Hashes of -> Tiles.bytes(of, hashes);
      case TilePath.Entries of -> EntryBundle.encode(Collections.nCopies(of.at().width(), LEAF));
    };
  }

  @Override
  public List<String> cosigned(TenantId tenant, int limit) {
    return List.of();
  }

  @Override
  public List<TenantId> without(String witness) {
    return List.of();
  }

  @Override
  public void cosign(TenantId tenant, long size, String witness, String line) {
    throw new UnsupportedOperationException("no witness is asked in these tests");
  }
}
