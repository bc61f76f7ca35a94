package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Played;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All acts, and how they are played. */
final class Acts {

  /**
   * Acts that belong together.
   *
   * @param isAtOnce whether they are played at the same time, because each of them mostly waits
   */
  record Scene(boolean isAtOnce, List<Act> acts) {}

  private Acts() {}

  /** The scenes in the order in which they are played. */
  static List<Scene> scenes() {
    return List.of(
        new Scene(false, Reads.all()),
        new Scene(false, Effects.quick()),
        new Scene(true, with(Effects.slow(), Checks.all())),
        new Scene(false, Approved.all()),
        new Scene(true, with(Plans.all(), OwnWork.all())),
        new Scene(false, HandedOn.all()),
        new Scene(false, Denials.all()),
        new Scene(false, Stolen.all()),
        new Scene(false, ByCertificate.all()),
        new Scene(false, Endings.all()),
        new Scene(false, Stopping.all()),
        new Scene(false, Evidence.all()));
  }

  private static List<Act> with(List<Act> some, List<Act> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** All acts in the order in which they are told. */
  static List<Act> all() {
    return scenes().stream().flatMap(scene -> scene.acts().stream()).toList();
  }

  /** Plays all of them and tells each in its order. */
  static void play(Stage stage, Consumer<Played> tell) {
    for (Scene scene : scenes()) {
      if (scene.isAtOnce()) {
        atOnce(scene.acts(), stage, tell);
      } else {
        scene.acts().forEach(act -> tell.accept(act.played(stage)));
      }
    }
  }

  private static void atOnce(List<Act> acts, Stage stage, Consumer<Played> tell) {
    List<Future<Played>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      acts.forEach(act -> running.add(threads.submit(() -> act.played(stage))));
      for (Future<Played> act : running) {
        tell.accept(act.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an act never throws", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
