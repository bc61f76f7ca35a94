package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.schema.Schema;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsTest {
  private static final Release RELEASE = World.release();

  @Test
  void whatIsAskedFitsThePublishedSchema() throws AuthException {
    var policies = World.compiled(RELEASE);
    var schema = new Schema(policies.schema());
    var engine = new BasicAuthorizationEngine();
    for (String tool : List.of("rmm_get", "rmm_list", "rmm_restart", "rmm_wipe")) {
      var asking = World.ask("wide", tool);
      asking.hasTarget = !tool.equals("rmm_list");
      asking.arguments = Value.object("device", "1", "service", "Spooler", "count", 3);
      var facts =
          OfficialFacts.of(
              new ReleaseFacts(RELEASE).of(asking.question(RELEASE), List.of("office")));
      var request = facts.request();
      var checked =
          new AuthorizationRequest(
              request.principalEUID,
              request.actionEUID,
              request.resourceEUID,
              request.context,
              Optional.of(schema),
              true);
      var answer =
          engine.isAuthorized(
              checked,
              new PolicySlices(policies, RELEASE.tools()).whole(),
              facts.entities().stream()
                  .filter(entity -> !entity.getEUID().equals(request.actionEUID))
                  .collect(java.util.stream.Collectors.toSet()));
      assertThat(answer.success).as("%s %s", tool, answer.errors).isPresent();
    }
  }

  @Test
  void whatATaskHasReadIsAFact() {
    var question = World.ask("wide", "rmm_get").question(RELEASE);
    var call = question.call();
    assertThat(readUntrusted(question, RELEASE)).isFalse();
    var after =
        new dev.remit.core.call.Call(
            call.id(),
            call.caller(),
            call.task().afterUntrusted(),
            call.tool(),
            call.arguments(),
            call.targets());
    var asked =
        new dev.remit.core.decision.Question(
            after,
            question.agentClass(),
            question.autonomy(),
            question.taskClass(),
            question.tenant(),
            question.scopeTruth(),
            question.target(),
            question.approvals(),
            question.at());
    assertThat(readUntrusted(asked, RELEASE)).isTrue();
  }

  private static boolean readUntrusted(dev.remit.core.decision.Question question, Release release) {
    var context = new ReleaseFacts(release).of(question, List.of()).request().context();
    return context.get("task") instanceof ValueRecord task
        && dev.remit.cedar.value.Value.Bool.TRUE == task.get("readUntrusted");
  }
}
