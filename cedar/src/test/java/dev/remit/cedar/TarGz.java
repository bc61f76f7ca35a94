package dev.remit.cedar;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Just enough of the ustar format to read the files of a small archive. */
final class TarGz {
  private static final int BLOCK = 512;

  private TarGz() {}

  static Map<String, String> read(Path archive) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (InputStream file = Files.newInputStream(archive);
        DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
      byte[] header = new byte[BLOCK];
      for (in.readFully(header); header[0] != 0; in.readFully(header)) {
        int size = Integer.parseInt(field(header, 124, 12).strip(), 8);
        byte[] content = new byte[size];
        in.readFully(content);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        char type = (char) header[156];
        if (type == '0' || type == 0) {
          files.put(field(header, 345, 155) + field(header, 0, 100), utf8(content));
        }
      }
    }
    return files;
  }

  private static String field(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
