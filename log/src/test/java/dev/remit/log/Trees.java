package dev.remit.log;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Entries for tests. */
final class Trees {
  /** The eight entries that Certificate Transparency's own tests use. */
  static final List<byte[]> KNOWN_ENTRIES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  private Trees() {}

  static List<byte[]> entries(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] entry = new byte[random.nextInt(70)];
      random.nextBytes(entry);
      entries.add(entry);
    }
    return entries;
  }

  static MemoryHashes stored(List<byte[]> entries) {
    MemoryHashes hashes = new MemoryHashes();
    Frontier frontier = new Frontier();
    entries.forEach(entry -> frontier.append(MerkleTree.hashLeaf(entry), hashes));
    return hashes;
  }

  static TreeHead naiveHead(List<byte[]> entries) {
    return new TreeHead(entries.size(), Hash.of(NaiveTree.mth(entries)));
  }

  static List<Hash> hashes(List<byte[]> raw) {
    return raw.stream().map(Hash::of).toList();
  }
}
