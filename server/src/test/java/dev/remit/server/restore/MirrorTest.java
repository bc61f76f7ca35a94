package dev.remit.server.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.PackExport;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.TreeHead;
import dev.remit.log.tile.EntryBundle;
import dev.remit.postgres.LostEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others kept is read whatever it is in, and nothing is taken for it that is not there. */
class MirrorTest {

  private static final int SIZE = 300;

  @TempDir private Path folder;

  private static byte[] leaf(int index) {
    return ("{\"id\":\"" + index + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private void bundle(String name, int from, int until) throws IOException {
    var file = folder.resolve("tile/entries").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(
        file, EntryBundle.encode(IntStream.range(from, until).mapToObj(MirrorTest::leaf).toList()));
  }

  private static List<String> read(Mirror mirror, long from, long until) {
    var leaves = new ArrayList<String>();
    mirror.read(from, until, page -> page.stream().map(LostEntry::leaf).forEach(leaves::add));
    return leaves;
  }

  private static List<String> leaves(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(index -> new String(leaf(index), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aFolderOfTilesGivesWhatIsAskedFor() throws IOException {
    bundle("000", 0, 256);
    bundle("001.p/44", 256, SIZE);
    Files.writeString(folder.resolve("checkpoint"), "note");
    var mirror = Mirror.at(folder.toString());
    assertThat(mirror.checkpoint()).asString().isEqualTo("note");
    assertThat(read(mirror, 0, SIZE)).isEqualTo(leaves(0, SIZE));
    assertThat(read(mirror, 250, SIZE)).isEqualTo(leaves(250, SIZE));
    assertThat(read(mirror, 299, SIZE)).isEqualTo(leaves(299, SIZE));
  }

  @Test
  void aPartialBundleThatWentIsReadFromTheFullOne() throws IOException {
    bundle("000", 0, 256);
    assertThat(read(Mirror.at(folder.toString()), 10, 20)).isEqualTo(leaves(10, 20));
  }

  @Test
  void aFolderThatLacksABundleOrHasAnotherOneIsRefused() throws IOException {
    var mirror = Mirror.at(folder.toString());
    assertThatThrownBy(mirror::checkpoint).hasMessageContaining("no `checkpoint`");
    assertThatThrownBy(() -> read(mirror, 0, 5))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("tile/entries/000.p/5");
    bundle("000.p/5", 0, 4);
    assertThatThrownBy(() -> read(mirror, 0, 5)).isInstanceOf(InvalidLogDataException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mirror.example/log",
        "https://mirror.example/log?x=1",
        "https://mirror.example/log#x",
        "https://me@mirror.example/log",
        "https:///log",
        "ftp://mirror.example/log",
        "no-such-file"
      })
  void whatIsNoPlaceOfAMirrorIsRefused(String place) {
    assertThatThrownBy(() -> Mirror.at(place)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void tilesAreReadOverHttpAndNothingElseIs() throws IOException {
    bundle("000.p/9", 0, 9);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/log/",
        exchange -> {
          try (exchange) {
            var path = exchange.getRequestURI().getPath().substring("/log/".length());
            switch (path) {
              case "moved/checkpoint" -> {
                exchange.getResponseHeaders().add("Location", "/log/harbor/checkpoint");
                exchange.sendResponseHeaders(302, -1);
              }
              case "endless/checkpoint" -> {
                exchange.sendResponseHeaders(200, 0);
                flood(exchange.getResponseBody());
              }
              case "harbor/tile/entries/000.p/9" -> {
                var bytes = Files.readAllBytes(folder.resolve("tile/entries/000.p/9"));
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
              }
              default -> exchange.sendResponseHeaders(404, -1);
            }
          }
        });
    server.start();
    try {
      var prefix = "http://127.0.0.1:" + server.getAddress().getPort() + "/log/";
      assertThat(read(Mirror.at(prefix + "harbor/"), 2, 9)).isEqualTo(leaves(2, 9));
      for (var name : List.of("moved", "endless", "nobody")) {
        assertThatThrownBy(() -> Mirror.at(prefix + name).checkpoint())
            .as(name)
            .isInstanceOf(InvalidValueException.class);
      }
    } finally {
      server.stop(0);
    }
  }

  /** More than any file of a log has, until the reader hangs up. */
  private static void flood(OutputStream out) {
    byte[] some = new byte[1 << 16];
    try {
      for (int i = 0; i < 2_000; i++) {
        out.write(some);
      }
    } catch (IOException e) {
      // the reader has enough
    }
  }

  @Test
  void aPackGivesItsEntriesWithTheirBodies() throws IOException {
    var pack = folder.resolve("pack");
    EvidencePack.write(export(5), pack);
    var mirror = Mirror.at(pack.toString());
    assertThat(Checkpoint.parse(dev.remit.log.SignedNote.parse(mirror.checkpoint()).text()).head())
        .isEqualTo(head(5));
    var entries = new ArrayList<LostEntry>();
    mirror.read(3, 5, entries::addAll);
    assertThat(entries).extracting(LostEntry::leaf).isEqualTo(leaves(3, 5));
    assertThat(entries)
        .extracting(LostEntry::body)
        .containsExactly(
            Optional.empty(),
            Optional.of(new LostEntry.Body("11".repeat(16), Value.object("fact", "4"))));
    Files.writeString(pack, Files.readString(pack).substring(0, 500));
    assertThatThrownBy(mirror::checkpoint).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> read(mirror, 0, 5)).isInstanceOf(InvalidValueException.class);
  }

  private static TreeHead head(int size) {
    return MerkleTree.head(
        IntStream.range(0, size).mapToObj(index -> MerkleTree.hashLeaf(leaf(index))).iterator());
  }

  /** Bodies of every second entry. */
  private static PackExport export(int size) {
    var key = Ed25519Signer.generate(new KeyName("remit/0123456789abcdef"), new SecureRandom());
    var note = new Checkpoint(new Origin("remit/0123456789abcdef/harbor"), head(size)).sign(key);
    return new PackExport(
        Value.object(
            "format",
            "remit-evidence-pack",
            "version",
            2,
            "tenant",
            "harbor",
            "exportedAt",
            "2026-03-02T10:00:30Z"),
        List.of(),
        note.toString(),
        IntStream.range(0, size).mapToObj(MirrorTest::line).iterator(),
        List.<Value.Obj>of().iterator());
  }

  private static Value.Obj line(int index) {
    var line =
        Value.object("index", index, "leaf", new String(leaf(index), StandardCharsets.UTF_8));
    return index % 2 == 0
        ? line.with("salt", Value.of("11".repeat(16)))
            .with("body", Value.object("fact", Integer.toString(index)))
        : line;
  }
}
