package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.execution.Connector;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectorRegistryTest {

  private static Release release(String... connectors) {
    var specs =
        List.of(connectors).stream()
            .map(ConnectorId::new)
            .map(id ->
                new ConnectorSpec(
                    id,
                    "a system",
                    "http",
                    "owners",
                    ScopeTruth.VENDOR_ENFORCED,
                    "there",
                    Value.Obj.EMPTY))
            .collect(Collectors.toMap(ConnectorSpec::id, Function.identity()));
    return new Release(
        new VersionId("v1"),
        "an-msp",
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        specs,
        new ConnectorId("rmm"),
        People.NONE,
        Set.of());
  }

  /** A connector of which only its end is of interest. */
  private static Connector closing(CountDownLatch closed) {
    return (Connector)
        Proxy.newProxyInstance(
            ConnectorRegistryTest.class.getClassLoader(),
            new Class<?>[] {Connector.class, AutoCloseable.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed.countDown();
              }
              return null;
            });
  }

  @Test
  void aReplacedConnectorIsClosedAfterItsLastCall() throws Exception {
    var closed = new CountDownLatch(1);
    var registry =
        new ConnectorRegistry((spec, release) -> closing(closed), Duration.ofMillis(200));
    registry.rebuild(release("rmm"));
    registry.rebuild(release("rmm"));
    assertThat(closed.await(20, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aConnectorThatCannotBeBuiltIsLeftOutAlone() {
    var closed = new CountDownLatch(2);
    var registry =
        new ConnectorRegistry((spec, release) -> {
          if (spec.id().value().equals("unlisted")) {
            throw new IllegalArgumentException("endpoint `there` is not listed");
          }
          return closing(closed);
        });
    registry.rebuild(release("unlisted", "rmm"));
    assertThat(registry.all()).containsOnlyKeys(new ConnectorId("rmm"));
  }
}
