package dev.remit.bench.decision;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.Samples;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Measures one decision at several sizes of policy, ours first, each peer alone after it. */
public final class DecisionBench {
  private final Path folder;
  private final Consumer<String> progress;

  /** Keeps what peers need in this folder. */
  public DecisionBench(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Runs it. */
  public DecisionFigures run() {
    var figures = new DecisionFigures();
    for (int size : DecisionFigures.SIZES) {
      progress.accept("deciding over " + size + " policies");
      var decisions = new CompiledSide(new Workload(size)).decisions();
      figures.put("us_p50_" + size, micros(decisions, 0.5));
      figures.put("us_p99_" + size, micros(decisions, 0.99));
    }
    figures.put("flatness", figures.flatness());
    var side = new CompiledSide(new Workload(1_000));
    figures.put("alloc_bytes", side.bytesPerDecision());
    figures.put("two_threads_ratio", side.twoThreadsRatio());
    figures.put("context_us_p50", micros(side.preparations(), 0.5));
    var scale = new ScaleSide(folder);
    progress.accept("activating 10,000 policies");
    figures.put("activate_10k_s", scale.activationSeconds());
    progress.accept("checking 1,000 tenants");
    figures.put("check_1000_tenants_s", scale.checkSeconds());
    for (int size : DecisionFigures.SIZES) {
      progress.accept("the official library over " + size + " policies");
      var decisions = CedarJavaSide.decisions(new Workload(size), samples(size));
      figures.put("cedar_java_us_p50_" + size, micros(decisions, 0.5));
    }
    wasm(figures);
    sapl(figures);
    return figures;
  }

  private void wasm(DecisionFigures figures) {
    try (var side = WasmSide.start(folder.resolve("wasm"))) {
      for (int size : DecisionFigures.SIZES) {
        progress.accept("cedar-wasm over " + size + " policies");
        figures.put("cedar_wasm_us_p50_" + size, side.microsP50(new Workload(size), samples(size)));
      }
    } catch (BenchException e) {
      progress.accept("cedar-wasm is left out: " + e.getMessage());
    }
  }

  private void sapl(DecisionFigures figures) {
    for (int size : DecisionFigures.SIZES) {
      progress.accept("sapl over " + size + " policies");
      try (var side = SaplSide.start(folder.resolve("sapl"))) {
        figures.put("sapl_us_p50_" + size, side.microsP50(new Workload(size), samples(size)));
      } catch (BenchException e) {
        progress.accept("sapl is left out at " + size + " policies: " + e.getMessage());
      }
    }
  }

  private static int samples(int size) {
    return size >= 10_000 ? 60 : size >= 1_000 ? 400 : 4_000;
  }

  private static double micros(Samples samples, double share) {
    return samples.millis(share) * 1_000;
  }
}
