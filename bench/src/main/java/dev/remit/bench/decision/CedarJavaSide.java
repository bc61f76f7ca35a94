package dev.remit.bench.decision;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import dev.remit.bench.BenchException;
import dev.remit.bench.load.Samples;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The official library in this JVM: policies parsed once, questions built beforehand. */
final class CedarJavaSide {
  private static final int REQUESTS = 32;

  private CedarJavaSide() {}

  private record Question(AuthorizationRequest request, Set<Entity> entities) {}

  static Samples decisions(Workload workload, int samples) {
    try {
      var policies = PolicySet.parsePolicies(workload.text());
      policies.cache();
      var questions = new ArrayList<Question>();
      for (var request : workload.requests(REQUESTS)) {
        questions.add(question(request));
      }
      return measure(policies, questions, samples);
    } catch (AuthException | CacheException | IOException e) {
      throw BenchException.broken("the official library fails: " + e.getMessage());
    }
  }

  private static Samples measure(PolicySet policies, List<Question> questions, int samples)
      throws AuthException {
    var engine = new BasicAuthorizationEngine();
    var measured = new Samples();
    for (int i = -samples / 2; i < samples; i++) {
      var question = questions.get((i + samples) % REQUESTS);
      long start = System.nanoTime();
      var answer = engine.isAuthorized(question.request(), policies, question.entities());
      long end = System.nanoTime();
      if (!answer.success.map(success -> success.isAllowed()).orElse(false)) {
        throw BenchException.broken("the official library does not permit: " + answer.errors);
      }
      if (i >= 0) {
        measured.add(end - start);
      }
    }
    return measured;
  }

  private static Question question(Workload.Request request)
      throws com.fasterxml.jackson.core.JsonProcessingException {
    var json = CedarJson.of(request);
    var entities =
        Entities.parse(Json.text(json.members().getOrDefault("entities", Value.Obj.EMPTY)));
    var context =
        Entity.parse(
            Json.text(
                Value.object(
                    "uid", Value.object("type", "Context", "id", ""),
                    "attrs", json.members().getOrDefault("context", Value.Obj.EMPTY),
                    "parents", new Value.Array(List.of()))));
    var uids = request.entities().stream().map(each -> each.uid().toString()).toList();
    return new Question(
        new AuthorizationRequest(
            uid(uids.get(0)), uid(uids.get(1)), uid(uids.get(2)), new Context(context.attrs)),
        entities.getEntities());
  }

  private static com.cedarpolicy.value.EntityUID uid(String text) {
    return com.cedarpolicy.value.EntityUID.parse(text).orElseThrow();
  }
}
