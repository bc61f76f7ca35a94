package dev.remit.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass.Limits;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskClassTest {
  private static final TenantId HARBOR = new TenantId("harbor");
  private static final TenantId SUMMIT = new TenantId("summit");

  private static TaskClass allowing(int calls) {
    return new TaskClass(
        "restart",
        "why",
        "owner",
        Grade.LOW,
        Set.of("rmm_restart"),
        "device",
        1,
        Duration.ofHours(1),
        new Limits(calls, Duration.ofMinutes(15), 10),
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void aTenantThatVariesAClassHasItsOwnAndOthersHaveTheBaseline() {
    var taskClass = allowing(5).with(Map.of(HARBOR, allowing(0)));
    assertThat(taskClass.of(HARBOR).limits().calls()).isZero();
    assertThat(taskClass.of(SUMMIT)).isSameAs(taskClass);
  }

  @Test
  void aVariationIsNotVariedAgain() {
    var taskClass = allowing(5).with(Map.of(HARBOR, allowing(3)));
    assertThat(taskClass.of(HARBOR).of(HARBOR)).isEqualTo(allowing(3));
  }
}
