package dev.remit.server.metrics;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advice;
import dev.remit.core.advice.Advisor;
import dev.remit.core.tenant.TenantId;
import java.util.List;

/** Counts questions and changes nothing. */
public final class MeasuredAdvisor implements Advisor {

  private final Advisor inner;
  private final CallFigures figures;

  public MeasuredAdvisor(Advisor inner, CallFigures figures) {
    this.inner = inner;
    this.figures = figures;
  }

  @Override
  public View of(TenantId tenant) {
    return new Measured(inner.of(tenant), figures);
  }

  private record Measured(View inner, CallFigures figures) implements View {

    @Override
    public Advice on(Access access) {
      long begun = System.nanoTime();
      var advice = inner.on(access);
      figures.question(advice.isPermitted(), System.nanoTime() - begun);
      return advice;
    }

    @Override
    public List<String> subjects(String type, int from, int atMost) {
      return inner.subjects(type, from, atMost);
    }

    @Override
    public List<String> resources(String type, int from, int atMost) {
      return inner.resources(type, from, atMost);
    }

    @Override
    public List<String> actions(Access.Entity subject, int from, int atMost) {
      return inner.actions(subject, from, atMost);
    }
  }
}
