package dev.remit.log;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The recursive definitions of RFC 6962 §2.1, word for word and without any of the code under test,
 * so that both can be compared.
 */
final class NaiveTree {
  private NaiveTree() {}

  static byte[] mth(List<byte[]> entries) {
    int n = entries.size();
    if (n == 0) {
      return sha256(new byte[0]);
    }
    if (n == 1) {
      return sha256(new byte[] {0}, entries.getFirst());
    }
    int k = split(n);
    return sha256(new byte[] {1}, mth(entries.subList(0, k)), mth(entries.subList(k, n)));
  }

  static List<byte[]> path(int m, List<byte[]> entries) {
    int n = entries.size();
    if (n == 1) {
      return List.of();
    }
    int k = split(n);
    return m < k
        ? and(path(m, entries.subList(0, k)), mth(entries.subList(k, n)))
        : and(path(m - k, entries.subList(k, n)), mth(entries.subList(0, k)));
  }

  static List<byte[]> proof(int m, List<byte[]> entries) {
    return subproof(m, entries, true);
  }

  private static List<byte[]> subproof(int m, List<byte[]> entries, boolean complete) {
    int n = entries.size();
    if (m == n) {
      return complete ? List.of() : List.of(mth(entries));
    }
    int k = split(n);
    return m <= k
        ? and(subproof(m, entries.subList(0, k), complete), mth(entries.subList(k, n)))
        : and(subproof(m - k, entries.subList(k, n), false), mth(entries.subList(0, k)));
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static List<byte[]> and(List<byte[]> path, byte[] last) {
    List<byte[]> all = new ArrayList<>(path);
    all.add(last);
    return all;
  }

  private static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
