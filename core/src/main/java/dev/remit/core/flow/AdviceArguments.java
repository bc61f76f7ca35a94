package dev.remit.core.flow;

import dev.remit.core.advice.Access;
import dev.remit.core.call.Tool;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of the call that an access is about: the properties of its action, and the resource
 * in the argument that names such a record.
 *
 * <p>A resource is {@code connector/kind/id} of type {@code kind}, or for a tool without targets
 * the tenant itself, of type {@code tenant}.
 */
final class AdviceArguments {

  static final String TENANT = "tenant";

  private AdviceArguments() {}

  /** Empty where the resource is not one that the tool acts on, or the arguments name another. */
  static Optional<Value.Obj> of(Tool tool, Access access, TenantId tenant) {
    var resource = access.resource();
    var given = access.action().properties();
    if (tool.targets().isEmpty()) {
      return resource.type().equals(TENANT) && resource.id().equals(tenant.value())
          ? Optional.of(given)
          : Optional.empty();
    }
    for (var argument : tool.targets()) {
      String before = argument.connector() + "/" + argument.kind() + "/";
      if (resource.type().equals(argument.kind()) && resource.id().startsWith(before)) {
        var value = value(tool, argument, resource.id().substring(before.length()));
        return given.get(argument.argument()).filter(other -> !other.equals(value)).isPresent()
            ? Optional.empty()
            : Optional.of(given.with(argument.argument(), value));
      }
    }
    return Optional.empty();
  }

  /** The identifier in the form that the tool's schema asks for. */
  private static Value value(Tool tool, Tool.TargetArgument argument, String id) {
    var type =
        tool.inputSchema()
            .object("properties")
            .flatMap(properties -> properties.object(argument.argument()))
            .flatMap(property -> property.text("type"))
            .orElse("string");
    return switch (type) {
      case "array" -> new Value.Array(List.of(Value.of(id)));
      case "integer" -> number(id);
      default -> Value.of(id);
    };
  }

  private static Value number(String id) {
    return id.matches("0|[1-9][0-9]{0,14}") ? Value.of(Long.parseLong(id)) : Value.of(id);
  }
}
