import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sapl.api.pdp.AuthorizationSubscription;
import io.sapl.api.pdp.Decision;
import io.sapl.interpreter.DefaultSAPLInterpreter;
import io.sapl.interpreter.combinators.PolicyDocumentCombiningAlgorithm;
import io.sapl.interpreter.functions.AnnotationFunctionContext;
import io.sapl.interpreter.pip.AnnotationAttributeContext;
import io.sapl.pdp.EmbeddedPolicyDecisionPoint;
import io.sapl.pdp.config.PDPConfiguration;
import io.sapl.prp.PrpUpdateEvent;
import io.sapl.prp.PrpUpdateEvent.Update;
import io.sapl.prp.index.canonical.CanonicalImmutableParsedDocumentIndex;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * Measures SAPL's embedded decision point with its canonical index: policies parsed once, questions
 * built beforehand. Reads lines {policies, requests, refused, samples} from standard input and
 * answers each, after five seconds of the same, with the median in nanoseconds and the seconds that
 * loading took.
 */
public final class SaplPeer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WARM_UP = 5_000_000_000L;
  private static int calls;

  public static void main(String[] arguments) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(JSON.readTree(line)));
      System.out.flush();
    }
    System.exit(0);
  }

  private static String answer(JsonNode task) throws Exception {
    long start = System.nanoTime();
    var point = point(task.path("policies"));
    var requests = subscriptions(task.path("requests"));
    for (var refused : subscriptions(task.path("refused"))) {
      var decision = point.decideOnce(refused).block().getDecision();
      if (decision == Decision.PERMIT) {
        return "error permits what is refused: " + refused;
      }
    }
    double loaded = (System.nanoTime() - start) / 1e9;
    int samples = task.path("samples").asInt();
    var taken = new long[samples];
    long warm = System.nanoTime() + WARM_UP;
    for (int i = 0; i < samples; i += System.nanoTime() > warm ? 1 : 0) {
      var request = requests.get(calls++ % requests.size());
      long before = System.nanoTime();
      var decision = point.decideOnce(request).block();
      long after = System.nanoTime();
      if (decision.getDecision() != Decision.PERMIT) {
        return "error answers " + decision.getDecision() + " to " + request;
      }
      taken[i] = after - before;
    }
    Arrays.sort(taken);
    return taken[(samples - 1) / 2] + " " + Math.round(loaded);
  }

  private static EmbeddedPolicyDecisionPoint point(JsonNode policies) {
    var interpreter = new DefaultSAPLInterpreter();
    var functions = new AnnotationFunctionContext();
    var attributes = new AnnotationAttributeContext();
    var updates = new ArrayList<Update>();
    for (var policy : policies) {
      var document = interpreter.parseDocument(policy.asText());
      if (document.isInvalid()) {
        throw new IllegalStateException(document.errorMessage());
      }
      updates.add(new Update(PrpUpdateEvent.Type.PUBLISH, document));
    }
    var index =
        new CanonicalImmutableParsedDocumentIndex(attributes, functions)
            .apply(new PrpUpdateEvent(updates));
    var configuration =
        new PDPConfiguration(
            "bench",
            attributes,
            functions,
            Map.of(),
            PolicyDocumentCombiningAlgorithm.DENY_OVERRIDES,
            decision -> decision,
            subscription -> subscription,
            index);
    return new EmbeddedPolicyDecisionPoint(() -> Flux.just(configuration));
  }

  private static List<AuthorizationSubscription> subscriptions(JsonNode requests) {
    var all = new ArrayList<AuthorizationSubscription>();
    for (var request : requests) {
      all.add(
          new AuthorizationSubscription(
              request.path("subject"),
              request.path("action"),
              request.path("resource"),
              request.path("environment")));
    }
    return all;
  }
}
