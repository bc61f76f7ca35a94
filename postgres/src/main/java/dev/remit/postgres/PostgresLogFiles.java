package dev.remit.postgres;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.tile.EntryBundle;
import dev.remit.log.tile.TileIndex;
import dev.remit.log.tile.TilePath;
import dev.remit.log.tile.Tiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link LogFiles} in PostgreSQL: tiles are read from the leaves and from the roots of full tiles
 * that the integrator stores, so each costs one statement whatever the size of the log.
 */
public final class PostgresLogFiles implements LogFiles {

  private static final String LINES =
      "(select string_agg(s.line || chr(10), '' order by s.witness) from remit.cosignature s"
          + " where s.tenant = c.tenant and s.size = c.size)";

  private static final String LATEST =
      "select c.note || coalesce("
          + LINES
          + ", '') as note from remit.checkpoint c where c.tenant = ? order by c.size desc limit 1";

  private static final String COSIGNED =
      "select c.note || "
          + LINES
          + " as note from remit.checkpoint c where c.tenant = ? and c.size in"
          + " (select distinct s.size from remit.cosignature s where s.tenant = ?"
          + " order by s.size desc limit ?) order by c.size";

  private final Database database;
  private final InstantSource clock;

  public PostgresLogFiles(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<byte[]> read(TenantId tenant, String path) {
    if (path.equals(CHECKPOINT)) {
      return Database.first(notes(tenant, LATEST, params -> params.text(tenant.value())))
          .map(note -> note.getBytes(StandardCharsets.UTF_8));
    }
    TilePath tile;
    try {
      tile = TilePath.parse(path);
    } catch (InvalidLogDataException e) {
      return Optional.empty();
    }
    return Tiles.isPartOf(tile, size(tenant)) ? Optional.of(bytes(tenant, tile)) : Optional.empty();
  }

  private long size(TenantId tenant) {
    return Database.first(
            database.rowsOf(
                tenant,
                "select size from remit.log_head where tenant = ?",
                params -> params.text(tenant.value()),
                row -> row.number("size")))
        .orElse(0L);
  }

  private byte[] bytes(TenantId tenant, TilePath tile) {
    return switch (tile) {
      case TilePath.Hashes(int level, TileIndex at) -> joined(hashes(tenant, level, at), at);
      case TilePath.Entries(TileIndex at) -> EntryBundle.encode(entries(tenant, at));
    };
  }

  private List<byte[]> hashes(TenantId tenant, int level, TileIndex at) {
    return level == 0
        ? database.rowsOf(
            tenant,
            "select hash from remit.leaf where tenant = ? and index >= ? and index < ?"
                + " order by index",
            params -> range(params.text(tenant.value()), at),
            row -> row.bytes("hash"))
        : database.rowsOf(
            tenant,
            "select hash from remit.subtree where tenant = ? and level = ?::smallint"
                + " and index >= ? and index < ? order by index",
            params -> range(params.text(tenant.value()).number(level), at),
            row -> row.bytes("hash"));
  }

  private List<byte[]> entries(TenantId tenant, TileIndex at) {
    return database.rowsOf(
        tenant,
        "select e.leaf from remit.leaf l join remit.entry e on e.tenant = l.tenant"
            + " and e.id = l.entry where l.tenant = ? and l.index >= ? and l.index < ?"
            + " order by l.index",
        params -> range(params.text(tenant.value()), at),
        row -> row.text("leaf").getBytes(StandardCharsets.UTF_8));
  }

  private static Params range(Params params, TileIndex at) throws java.sql.SQLException {
    long first = at.index() * TileIndex.FULL;
    return params.number(first).number(first + at.width());
  }

  private static byte[] joined(List<byte[]> hashes, TileIndex at) {
    if (hashes.size() != at.width()) {
      throw new IllegalStateException("the log lacks hashes that its head covers");
    }
    var out = new ByteArrayOutputStream(Hash.SIZE_BYTES * hashes.size());
    hashes.forEach(out::writeBytes);
    return out.toByteArray();
  }

  @Override
  public List<String> cosigned(TenantId tenant, int limit) {
    return notes(
        tenant, COSIGNED, params -> params.text(tenant.value()).text(tenant.value()).number(limit));
  }

  private List<String> notes(TenantId tenant, String sql, Params.Binding binding) {
    return database.rowsOf(tenant, sql, binding, row -> row.text("note"));
  }

  @Override
  public List<TenantId> without(String witness) {
    return new ArrayList<>(
        database.rows(
            "select remit.logs_without(?) as tenant",
            params -> params.text(witness),
            row -> new TenantId(row.text("tenant"))));
  }

  @Override
  public void cosign(TenantId tenant, long size, String witness, String line) {
    database.rowsOf(
        tenant,
        "insert into remit.cosignature (tenant, size, witness, line, at) values (?, ?, ?, ?, ?)"
            + " on conflict on constraint witness_cosigns_once do nothing",
        params ->
            params.text(tenant.value()).number(size).text(witness).text(line).at(clock.instant()),
        row -> true);
  }
}
