package dev.remit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {

  private final List<List<Integer>> statements = Collections.synchronizedList(new ArrayList<>());

  private List<Integer> doubled(List<Integer> questions) {
    statements.add(questions);
    return questions.stream().map(question -> 2 * question).toList();
  }

  @Test
  void aCallerWithoutCompanyDoesNotWaitForAny() {
    var together = new Together<>(1, this::doubled);
    assertThat(together.ask(4)).isEqualTo(8);
    assertThat(statements).containsExactly(List.of(4));
  }

  @Test
  void whoComesWhileAStatementRunsSharesTheNextAndEachGetsItsOwnAnswer() throws Exception {
    var isRunning = new CountDownLatch(1);
    var mayEnd = new CompletableFuture<Boolean>();
    var together =
        new Together<Integer, Integer>(
            1,
            questions -> {
              isRunning.countDown();
              mayEnd.join();
              return doubled(questions);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> together.ask(0));
      isRunning.await();
      var others =
          IntStream.rangeClosed(1, 40)
              .mapToObj(i -> threads.submit(() -> together.ask(i)))
              .toList();
      while (together.waiting() < 40) {
        Thread.onSpinWait();
      }
      mayEnd.complete(true);
      assertThat(first.get()).isZero();
      for (int i = 1; i <= 40; i++) {
        assertThat(others.get(i - 1).get()).isEqualTo(2 * i);
      }
    }
    assertThat(statements).extracting(List::size).containsExactly(1, 32, 8);
  }

  @Test
  void nobodyPaysForAnothersQuestion() throws Exception {
    var isRunning = new CountDownLatch(1);
    var mayBegin = new CompletableFuture<Boolean>();
    var together =
        new Together<Integer, Integer>(
            1,
            questions -> {
              isRunning.countDown();
              mayBegin.join();
              if (questions.contains(13)) {
                throw new IllegalStateException("refused");
              }
              return doubled(questions);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>(List.of(threads.submit(() -> together.ask(0))));
      isRunning.await();
      IntStream.of(12, 13, 14).forEach(i -> answers.add(threads.submit(() -> together.ask(i))));
      while (together.waiting() < 3) {
        Thread.onSpinWait();
      }
      mayBegin.complete(true);
      assertThat(answers.get(1).get()).isEqualTo(24);
      assertThat(answers.get(3).get()).isEqualTo(28);
      assertThatThrownBy(answers.get(2)::get).hasRootCauseMessage("refused");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsAskedOnceAndFailsAll() throws Exception {
    var isRunning = new CountDownLatch(1);
    var mayBegin = new CompletableFuture<Boolean>();
    var together =
        new Together<Integer, Integer>(
            1,
            questions -> {
              isRunning.countDown();
              mayBegin.join();
              statements.add(questions);
              throw new DatabaseUnavailableException("away", new java.sql.SQLException("away"));
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>(List.of(threads.submit(() -> together.ask(0))));
      isRunning.await();
      IntStream.range(1, 5).forEach(i -> answers.add(threads.submit(() -> together.ask(i))));
      while (together.waiting() < 4) {
        Thread.onSpinWait();
      }
      mayBegin.complete(true);
      for (var answer : answers) {
        assertThatThrownBy(answer::get).hasCauseInstanceOf(DatabaseUnavailableException.class);
      }
    }
    assertThat(statements).extracting(List::size).containsExactly(1, 4);
  }

  @Test
  void aDatabaseThatWasSilentIsNotAskedAgainForThoseWhoWaited() throws Exception {
    var nanos = new AtomicLong();
    var isRunning = new CountDownLatch(1);
    var mayEnd = new CompletableFuture<Boolean>();
    var together =
        new Together<Integer, Integer>(
            1,
            2,
            nanos::get,
            questions -> {
              statements.add(questions);
              isRunning.countDown();
              mayEnd.join();
              nanos.addAndGet(Duration.ofSeconds(6).toNanos());
              throw new DatabaseUnavailableException("silent", new java.sql.SQLException("away"));
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>(List.of(threads.submit(() -> together.ask(0))));
      isRunning.await();
      IntStream.range(1, 50).forEach(i -> answers.add(threads.submit(() -> together.ask(i))));
      while (together.waiting() < 49) {
        Thread.onSpinWait();
      }
      mayEnd.complete(true);
      for (var answer : answers) {
        assertThatThrownBy(answer::get).hasCauseInstanceOf(DatabaseUnavailableException.class);
      }
    }
    assertThat(statements).containsExactly(List.of(0));
  }

  @Test
  void whoWaitedTooLongForASlowDatabaseIsNotAskedAnyMore() throws Exception {
    var nanos = new AtomicLong();
    var isRunning = new CountDownLatch(1);
    var mayEnd = new CompletableFuture<Boolean>();
    var together =
        new Together<Integer, Integer>(
            1,
            32,
            nanos::get,
            questions -> {
              isRunning.countDown();
              mayEnd.join();
              nanos.addAndGet(Together.PATIENCE.toNanos() + 1);
              return doubled(questions);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> together.ask(0));
      isRunning.await();
      var late = threads.submit(() -> together.ask(1));
      while (together.waiting() < 1) {
        Thread.onSpinWait();
      }
      mayEnd.complete(true);
      assertThat(first.get()).isZero();
      assertThatThrownBy(late::get).hasCauseInstanceOf(DatabaseUnavailableException.class);
    }
    assertThat(statements).containsExactly(List.of(0));
  }

  @Test
  void aStatementThatAnswersTooLittleAnswersNobody() {
    var together = new Together<Integer, Integer>(1, questions -> List.of());
    assertThatThrownBy(() -> together.ask(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void listsKeepWhatTheirTextsHold() {
    assertThat(Columns.literal(List.of("a", "b \"c\"", "d\\e", "", "{x,y}", "null")))
        .isEqualTo("{\"a\",\"b \\\"c\\\"\",\"d\\\\e\",\"\",\"{x,y}\",\"null\"}");
    assertThat(Columns.literal(List.of())).isEqualTo("{}");
  }
}
