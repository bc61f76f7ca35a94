package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.codes;
import static dev.remit.evidence.SampleLog.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.value.Value;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private static final Value.Obj NOTHING = Value.Obj.EMPTY;

  private final SampleLog log = new SampleLog(SampleLog.TENANT);

  @Test
  void aMissingOutcomeIsReportedAsOpen() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.INTENT, "b", NOTHING);
    log.add(Kind.OUTCOME, "b", NOTHING);

    var report = verify(log.pack());

    assertThat(report.isVerified()).isTrue();
    assertThat(report.openCalls()).containsExactly("a");
    assertThat(report.counts().openCalls()).isEqualTo(1);
    assertThat(report.lines()).contains("without outcome: call a");
  }

  @Test
  void anOutcomeThatIsOnlyPendingIsNotChecked() {
    log.add(Kind.INTENT, "a", NOTHING);
    log.pending.add(log.entry(7, Kind.OUTCOME, "a", NOTHING));

    var report = verify(log.pack());

    assertThat(report.openCalls()).isEmpty();
    assertThat(report.notChecked()).anyMatch(line -> line.startsWith("the outcomes of 1 calls"));
  }

  @Test
  void twoOutcomesAreRefuted() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.OUTCOME, "a", NOTHING);
    log.add(Kind.OUTCOME, "a", NOTHING);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void aSecondOutcomeAmongPendingEntriesIsRefuted() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.OUTCOME, "a", NOTHING);
    log.pending.add(log.entry(7, Kind.OUTCOME, "a", NOTHING));

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void anOutcomeBeforeItsIntentIsRefuted() {
    log.add(Kind.OUTCOME, "a", NOTHING).add(Kind.INTENT, "a", NOTHING);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void anOutcomeWithoutIntentIsRefuted() {
    log.add(Kind.OUTCOME, "a", NOTHING);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void resolutionsFollowAnOutcome() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.OUTCOME, "a", NOTHING);
    log.add(Kind.RESOLUTION, "a", NOTHING).add(Kind.RESOLUTION, "a", NOTHING);

    assertThat(verify(log.pack()).isVerified()).isTrue();
  }

  @Test
  void aResolutionWithoutOutcomeIsRefuted() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.RESOLUTION, "a", NOTHING);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void aCallHasOneIntentBeforeAndAfterItsOutcome() {
    log.add(Kind.INTENT, "a", NOTHING).add(Kind.INTENT, "a", NOTHING);
    log.add(Kind.OUTCOME, "a", NOTHING).add(Kind.INTENT, "a", NOTHING);

    assertThat(codes(verify(log.pack())))
        .containsExactly(Finding.Code.DUPLICATE, Finding.Code.DUPLICATE);
  }

  @Test
  void anIntentNamesItsCall() {
    log.add(Kind.INTENT, "", NOTHING);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.LEAF);
  }

  @Test
  void oneEntryDoesNotStandTwice() {
    log.add(Kind.KILL, "", NOTHING);
    log.entries.add(log.entries.getFirst());

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.DUPLICATE);
  }

  @Test
  void findingsAreCountedWhenTheyAreTooManyToList() {
    for (int i = 0; i < 200; i++) {
      log.add(Kind.OUTCOME, "call-" + i, NOTHING);
    }

    var report = verify(log.pack());

    assertThat(report.counts().findings()).isEqualTo(200);
    assertThat(report.findings()).hasSize(50);
    assertThat(report.lines()).contains("wrong: 150 findings more");
  }
}
