package dev.remit.workspace;

import dev.remit.core.call.Sha256;
import dev.remit.core.call.Tool;
import dev.remit.core.call.Tool.Proof;
import dev.remit.core.call.Tool.TargetArgument;
import dev.remit.core.identity.Grade;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import dev.remit.json.SchemaCheck;
import dev.remit.policy.Kinds;
import dev.remit.workspace.Names.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One operation of a connector: a tool. */
final class OperationReader {
  /** A kind of the connector's own inventory, or of another one's: {@code rmm/device}. */
  private static final Form TARGET =
      new Form(
          "a kind of record, or connector/kind",
          "x",
          text ->
              text.matches("([a-z][a-z0-9]{0,30}/)?[^/]+")
                  && Kinds.isName(text.substring(text.indexOf('/') + 1)));

  private static final Form GRADE = Form.oneOf("observe", "low", "high", "destructive");
  private static final Form CONTENT = Form.oneOf("trusted", "untrusted");
  private static final Form PROOF = Form.oneOf("record", "answer");
  private static final Form PIN =
      Form.matching("sha256: and 64 hexadecimal digits", "sha256:0", "sha256:[0-9a-f]{64}");
  private static final Form ATTRIBUTE =
      Form.matching("the name of an attribute", "x", "[a-z][a-z0-9_]{0,62}");
  private static final int NAME_AT_MOST = 64;
  private final ConnectorId connector;
  private final String protocol;
  private final ConnectorLanguage language;
  private final Names names;

  OperationReader(ConnectorId connector, String protocol, ConnectorLanguage language, Names names) {
    this.connector = connector;
    this.protocol = protocol;
    this.language = language;
    this.names = names;
  }

  Tool read(String operation, Section section) {
    var name = connector.value() + "_" + operation;
    if (name.length() > NAME_AT_MOST) {
      section.problem(section.origin(), "`" + name + "` is longer than 64 characters");
    }
    var title = section.text("title", Form.WORDS);
    var description = section.text("description", Form.PROSE);
    var effect = Grade.parse(section.text("effect", GRADE));
    var schema = arguments(section);
    var properties = schema.object("properties").orElse(Value.Obj.EMPTY).members().keySet();
    var targets = targets(section, schema, properties);
    schema = Selecting.schema(schema, targets, section);
    boolean isTrusted =
        section.optionalText("content", CONTENT).filter("trusted"::equals).isPresent();
    var proof = proof(section, effect);
    var timeout = section.duration("timeout");
    var classes = AnswerClasses.read(section, effect);
    language.operation(section, properties, effect);
    var pin = pin(section, definition(name, title, description, schema, section));
    section.close();
    return new Tool(
        name,
        connector,
        operation,
        title,
        description,
        effect,
        schema,
        pin,
        targets,
        isTrusted,
        proof,
        timeout,
        settings(section),
        classes);
  }

  private static Value.Obj definition(
      String name, String title, String description, Value.Obj schema, Section section) {
    return Value.object(
        "name",
        name,
        "title",
        title,
        "description",
        description,
        "inputSchema",
        schema,
        "operation",
        section.value());
  }

  /** The definition is ours where we write it; an upstream's is pinned as it was accepted. */
  private String pin(Section section, Value.Obj definition) {
    if (protocol.equals("mcp")) {
      return section.text("pin", PIN);
    }
    if (section.has("pin")) {
      section.problem("pin", "only operations of an upstream mcp server have a pin; remove it");
    }
    return Sha256.of(definition);
  }

  private static Proof proof(Section section, Grade effect) {
    var proof = section.optionalText("proof", PROOF).orElse("record");
    if (proof.equals("answer") && effect != Grade.OBSERVE) {
      section.problem("proof", "`proof: answer` is for effects of grade observe only");
    }
    if (proof.equals("answer") && !section.has("owner")) {
      section.problem("proof", "`proof: answer` needs `owner`, where the answer names its owner");
    }
    return proof.equals("answer") ? Proof.ANSWER : Proof.RECORD;
  }

  /** JSON Schema of the arguments: an object, closed to names it does not list. */
  private static Value.Obj arguments(Section section) {
    section.section("arguments");
    var schema = section.value().object("arguments").orElse(Value.Obj.EMPTY);
    if (!section.has("arguments")) {
      return Value.object("type", "object", "properties", Value.Obj.EMPTY);
    }
    if (schema.text("type").filter("object"::equals).isEmpty()
        || schema.object("properties").isEmpty()) {
      section.problem("arguments", "`arguments` needs `type: object` and `properties`");
      return Value.object("type", "object", "properties", Value.Obj.EMPTY);
    }
    var open = schema.get("additionalProperties");
    if (open.isPresent() && !open.get().equals(Value.of(false))) {
      section.problem("arguments", "arguments are closed; `additionalProperties` is false");
    }
    var closed = schema.with("additionalProperties", Value.of(false));
    SchemaCheck.schemaProblem(closed)
        .ifPresent(words -> section.problem("arguments", "`arguments`: " + words));
    return closed;
  }

  private List<TargetArgument> targets(Section section, Value.Obj schema, Set<String> properties) {
    var targets = new ArrayList<TargetArgument>();
    var declared = section.optionalSection("targets");
    if (declared.isEmpty()) {
      return targets;
    }
    var selectable = section.optionalSection("select-by");
    declared
        .get()
        .eachText(Form.matching("the name of an argument", "x", ".{1,64}"), TARGET)
        .forEach((argument, text) -> {
          var at = declared.get().origin(argument);
          int slash = text.indexOf('/');
          var owner = slash < 0 ? connector : new ConnectorId(text.substring(0, slash));
          var kind = text.substring(slash + 1);
          names.refer(Kind.TARGET_KIND, kind, at);
          if (slash >= 0) {
            names.refer(Kind.CONNECTOR, owner.value(), at);
          }
          targetProblem(schema, properties, argument)
              .ifPresent(words -> section.problem(at, words));
          var by =
              selectable
                  .map(one -> one.optionalTexts(argument, ATTRIBUTE))
                  .orElse(List.of())
                  .stream()
                  .map(Section.Located::text)
                  .collect(Collectors.toUnmodifiableSet());
          targets.add(new TargetArgument(argument, owner, kind, by));
        });
    selectable.ifPresent(Section::close);
    if (targets.isEmpty()) {
      section.problem("targets", "`targets` is empty; name an argument or remove it");
    }
    return targets;
  }

  private static Optional<String> targetProblem(
      Value.Obj schema, Set<String> properties, String argument) {
    if (!properties.contains(argument)) {
      return Optional.of("`" + argument + "` is not among the arguments");
    }
    if (!schema.items("required").contains(Value.of(argument))) {
      return Optional.of("`" + argument + "` names a target, so `required` must list it");
    }
    var type =
        schema
            .object("properties")
            .flatMap(p -> p.object(argument))
            .flatMap(p -> p.text("type"))
            .orElse("");
    return type.equals("string") || type.equals("array")
        ? Optional.empty()
        : Optional.of("`" + argument + "` names a target, so it must be a string or an array");
  }

  private Value.Obj settings(Section section) {
    var settings = new LinkedHashMap<String, Value>();
    section
        .value()
        .members()
        .forEach((name, value) -> {
          if (language.operationNames().contains(name)) {
            settings.put(name, value);
          }
        });
    return new Value.Obj(settings);
  }
}
