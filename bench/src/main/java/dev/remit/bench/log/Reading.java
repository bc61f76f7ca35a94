package dev.remit.bench.log;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.Samples;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.TenantEvidence;
import dev.remit.evidence.VerificationReport;
import dev.remit.log.Frontier;
import dev.remit.log.MerkleTree;
import dev.remit.log.TrustPolicy;
import dev.remit.postgres.PostgresLogFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One large log: its receipts, its export, and the check of what was exported. */
final class Reading {

  private static final int WARM_RECEIPTS = 20;
  private static final int RECEIPTS = 200;
  private static final long TOLD_EACH = 500_000;

  private final TenantId tenant;
  private final LogEstate estate;
  private final TenantEvidence evidence;
  private final long entries;
  private final Consumer<String> progress;

  Reading(LogEstate estate, String tenant, long entries, Consumer<String> progress) {
    this.progress = progress;
    this.tenant = new TenantId(tenant);
    this.estate = estate;
    this.entries = entries;
    this.evidence =
        new TenantEvidence(
            new PostgresLogFiles(estate.database(), InstantSource.system()),
            estate.journal()::read,
            InstantSource.system());
  }

  /**
   * Writes the log, in the database, since nothing is measured here but its integration. Goes on
   * where an interrupted run ended.
   *
   * @return entries a second that were integrated; 0 where that was done before
   */
  double fill() {
    var entry = Entries.entry(tenant, "NUMBER");
    var before = quoted(entry.leaf()).split("NUMBER", -1);
    String leaf = String.join("' || i || '", before);
    long step = 100_000;
    for (long from = stored("remit.entry"); from < entries; from += step) {
      tell("written", from);
      estate.run(
          "insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)"
              + (" select '"
                  + tenant
                  + "', i::text, 'refusal', 'call-' || i, 'task-1', '"
                  + entry.at()
                  + "', '"
                  + leaf
                  + "', '"
                  + quoted(CanonicalJson.text(entry.body()))
                  + "', '"
                  + entry.salt()
                  + "' from generate_series("
                  + from
                  + ", "
                  + (Math.min(entries, from + step) - 1)
                  + ") as s (i)"));
    }
    estate.run("analyze remit.entry");
    long earlier = stored("remit.leaf");
    long start = System.nanoTime();
    estate.drain(() -> tell("integrated", estate.signedSize(tenant)));
    double perSecond = (entries - earlier) / ((System.nanoTime() - start) / 1e9);
    estate.run("analyze remit.leaf");
    return perSecond;
  }

  private long stored(String table) {
    return estate.number("select count(*) from " + table + " where tenant = '" + tenant + "'");
  }

  private void tell(String done, long count) {
    if (count > 0 && count % TOLD_EACH == 0) {
      progress.accept(done + " " + count + " of " + entries);
    }
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  Samples receipts() {
    var random = RandomGenerator.getDefault();
    var samples = new Samples();
    for (int i = 0; i < WARM_RECEIPTS + RECEIPTS; i++) {
      String call = "call-" + random.nextLong(entries);
      long start = System.nanoTime();
      var receipt = evidence.receipt(tenant, call);
      if (i >= WARM_RECEIPTS) {
        samples.add(System.nanoTime() - start);
      }
      if (receipt.isEmpty()) {
        throw BenchException.broken("call `" + call + "` has no receipt");
      }
    }
    return samples;
  }

  /** Seconds that it takes to write the pack. */
  double export(Path pack) {
    long start = System.nanoTime();
    EvidencePack.write(evidence.export(tenant).orElseThrow(), pack);
    return (System.nanoTime() - start) / 1e9;
  }

  /** How fast a pack was checked, by the clock and by the processor's time alone. */
  record Checked(double perSecond, double perProcessorSecond) {}

  /** Entries a second of the full check of a pack, in one thread. */
  Checked check(Path pack) {
    try {
      var trust = Optional.of(TrustPolicy.of(List.of(estate.verifier())));
      var thread = ManagementFactory.getThreadMXBean();
      long start = System.nanoTime();
      long used = thread.getCurrentThreadCpuTime();
      var report = EvidencePack.verify(pack, trust, Optional.empty());
      double took = (System.nanoTime() - start) / 1e9;
      double processor = (thread.getCurrentThreadCpuTime() - used) / 1e9;
      if (report.status() != VerificationReport.Status.VERIFIED
          || report.counts().entries() != entries) {
        throw BenchException.broken("the pack is not what was written: " + report.findings());
      }
      return new Checked(entries / took, entries / processor);
    } catch (IOException e) {
      throw BenchException.broken("the pack cannot be read: " + e.getMessage());
    }
  }

  /** Hashes a second: leaves of stored entries, and the nodes that lead them to the root. */
  static double hashes(long leaves) {
    byte[] leaf =
        Entries.entry(LogEstate.TENANTS.getFirst(), "e-1000000")
            .leaf()
            .getBytes(StandardCharsets.UTF_8);
    var frontier = new Frontier();
    long start = System.nanoTime();
    for (long i = 0; i < leaves; i++) {
      leaf[i % leaf.length == 0 ? 1 : (int) (i % leaf.length)] ^= 1;
      frontier.append(MerkleTree.hashLeaf(leaf));
    }
    long hashes = 2 * leaves - Long.bitCount(leaves);
    return frontier.size() == leaves ? hashes / ((System.nanoTime() - start) / 1e9) : 0;
  }
}
