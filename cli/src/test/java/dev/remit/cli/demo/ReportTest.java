package dev.remit.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.cli.demo.Act.Played;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Played GOOD = new Played("a", "An act", "gone", "gone", "asked PostgreSQL");
  private static final Played BAD = new Played("b", "Another", "refused", "answered", "");

  private final StringWriter out = new StringWriter();

  private Report report(boolean isJson) {
    return new Report(new PrintWriter(out), isJson);
  }

  @Test
  void jsonIsOneArrayAndNothingElse() {
    var report = report(true);
    report.tell(GOOD);
    report.tell(BAD);
    report.end();
    assertThat(out.toString())
        .isEqualTo(
            """
            [{"name":"a","expected":"gone","actual":"gone","detail":"asked PostgreSQL"},\
            {"name":"b","expected":"refused","actual":"answered","detail":""}]
            """);
    assertThat(Json.parse(out.toString())).isNotNull();
  }

  @Test
  void oneActThatDiffersIsNoSuccess() {
    var report = report(false);
    report.tell(GOOD);
    report.tell(BAD);
    assertThat(report.end()).isFalse();
    assertThat(out.toString())
        .contains("NOT SO", "expected  refused", "happened  answered", "1 of 2 acts");
  }

  @Test
  void aReportWithoutActsIsNoSuccess() {
    assertThat(report(true).end()).isFalse();
  }

  @Test
  void actsThatAgreeAreASuccess() {
    var report = report(false);
    report.tell(GOOD);
    assertThat(report.end()).isTrue();
    assertThat(out.toString()).contains("An act", "asked PostgreSQL", "1 of 1 acts");
  }

  @Test
  void anActThatBreaksDiffers() {
    var act = new Act("c", "Breaks", "gone", stage -> new Happened("gone", ""));
    var played =
        act.played(() -> {
          throw new IllegalStateException("the task could not be opened");
        });
    assertThat(played.agrees()).isFalse();
    assertThat(played.detail()).contains("the task could not be opened");
  }

  @Test
  void anActThatHappensAsExpectedAgrees() {
    var act = new Act("d", "Goes", "gone", stage -> new Happened("gone", ""));
    assertThat(act.played(() -> new Happened("gone", "")).agrees()).isTrue();
  }

  @Test
  void everyActHasANameOfItsOwn() {
    var names = new HashSet<String>();
    for (Act act : Acts.all()) {
      assertThat(names.add(act.name())).as(act.name()).isTrue();
      assertThat(act.name()).matches("[a-z]+(-[a-z]+)*");
      assertThat(act.expected()).isNotBlank();
    }
    assertThat(names).hasSizeGreaterThanOrEqualTo(16);
  }
}
