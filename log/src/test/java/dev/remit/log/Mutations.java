package dev.remit.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Wrong paths made from a right one. */
final class Mutations {
  private Mutations() {}

  static List<List<Hash>> of(List<Hash> path) {
    List<List<Hash>> wrong = new ArrayList<>();
    Hash garbage = MerkleTree.hashLeaf(new byte[] {42});
    for (int at = 0; at <= path.size(); at++) {
      List<Hash> inserted = new ArrayList<>(path);
      inserted.add(at, garbage);
      wrong.add(inserted);
    }
    for (int at = 0; at < path.size(); at++) {
      List<Hash> removed = new ArrayList<>(path);
      removed.remove(at);
      wrong.add(removed);
      List<Hash> flipped = new ArrayList<>(path);
      byte[] bytes = path.get(at).toBytes();
      bytes[at % 32] ^= 1;
      flipped.set(at, Hash.of(bytes));
      wrong.add(flipped);
      List<Hash> doubled = new ArrayList<>(path);
      doubled.add(at, path.get(at));
      wrong.add(doubled);
      wrong.add(path.subList(0, at));
    }
    for (int at = 1; at < path.size(); at++) {
      List<Hash> swapped = new ArrayList<>(path);
      Collections.swap(swapped, at - 1, at);
      wrong.add(swapped);
    }
    return wrong;
  }
}
