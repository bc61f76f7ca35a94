package dev.remit.policy;

import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.task.Lineage;
import java.util.List;

/**
 * What policy sees of a chain: how often the work was handed on, and the other agents through whose
 * hands it goes. Each agent of the chain is asked about by itself, as the principal, and sees the
 * others here.
 */
final class ChainFacts {

  /** Of work that nobody handed on. */
  private static final ValueRecord NONE = of(List.of());

  private ChainFacts() {}

  static ValueRecord of(Lineage lineage) {
    return lineage.links().isEmpty() ? NONE : of(lineage.links());
  }

  private static ValueRecord of(List<Lineage.Link> links) {
    return ValueRecord.of(7)
        .put("depth", new Int(links.size()))
        .put(
            "agents",
            ValueSet.of(
                links.stream().map(link -> new EntityUid("Agent", link.agent().text())).toList()))
        .put(
            "classes",
            ValueSet.ofTexts(
                links.stream().map(link -> link.agent().agentClass().value()).toList()))
        .put(
            "families",
            ValueSet.of(
                links.stream().map(link -> new Int(Levels.of(link.agent().family()))).toList()))
        .put(
            "instances",
            ValueSet.ofTexts(links.stream().map(link -> link.instance().value()).toList()))
        .put("taskClasses", ValueSet.ofTexts(links.stream().map(Lineage.Link::taskClass).toList()))
        .put("bound", Bool.of(links.stream().allMatch(Lineage.Link::isBound)))
        .build();
  }
}
