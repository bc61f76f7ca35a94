package dev.remit.web.console;

import dev.remit.core.approval.Card;
import java.util.List;

/** One step of a plan on its card: all of it, as it would be sent. */
public record StepView(int number, Card.Step step) {

  /** The tool. */
  public String action() {
    return step.action();
  }

  public String risk() {
    return step.risk();
  }

  /** Whether people are asked because of it. */
  public boolean isAsked() {
    return step.isAsked();
  }

  public List<Card.Target> targets() {
    return step.targets();
  }

  /** What it says that it changes. */
  public List<String> changes() {
    return step.changes();
  }

  /** The arguments, none left out. */
  public List<Arguments.Row> rows() {
    return Arguments.rows(step.arguments());
  }
}
