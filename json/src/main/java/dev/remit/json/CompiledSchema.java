package dev.remit.json;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialects;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Optional;

/** A closed schema, ready to check arguments. Thread safe. */
final class CompiledSchema {

  private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";
  private static final int MOST_STEPS = 100_000;
  private static final int DEEPEST_EVALUATION = 512;

  private static final ExecutionConfig BOUNDS =
      ExecutionConfig.builder()
          .failFast(true)
          .formatAssertionsEnabled(false)
          .maxEvaluationSteps(MOST_STEPS)
          .maxEvaluationDepth(DEEPEST_EVALUATION)
          .build();

  private static final Schema META = registry().getSchema(SchemaLocation.of(META_SCHEMA));

  private final Schema schema;

  private CompiledSchema(Schema schema) {
    this.schema = schema;
  }

  /** Closes and compiles; a schema that cannot be checked is refused. */
  static CompiledSchema of(Value.Obj source) {
    if (!Extent.of(source).isWithinLimits()) {
      throw new InvalidValueException("its schema is too large or nested too deep");
    }
    requireValid(source);
    var node = Nodes.of(ClosedSchema.of(source));
    try {
      var schema = registry().getSchema(node);
      schema.initializeValidators();
      return new CompiledSchema(schema);
    } catch (SchemaException | IllegalArgumentException e) {
      throw new InvalidValueException("its schema cannot be read or refers to nothing");
    } catch (StackOverflowError e) {
      throw new InvalidValueException("its schema refers to itself without end");
    }
  }

  /** Why the arguments do not fit; empty when they do. */
  Optional<String> objection(Value.Obj arguments) {
    try {
      var errors =
          schema.validate(Nodes.of(arguments), context -> context.setExecutionConfig(BOUNDS));
      return errors.stream().findFirst().map(Objection::of);
    } catch (ValidationLimitExceededException | BoundedPattern.TooMuchWork e) {
      return Optional.of("the arguments take too much work to check; send less at once");
    } catch (SchemaException | StackOverflowError e) {
      return Optional.of("the arguments cannot be checked: the schema of this tool is broken");
    }
  }

  private static void requireValid(Value.Obj source) {
    var errors = META.validate(Nodes.of(source), context -> context.setExecutionConfig(BOUNDS));
    if (!errors.isEmpty()) {
      throw new InvalidValueException(
          "its schema is not valid at `" + Objection.place(errors.getFirst()) + "`");
    }
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDialect(
        Dialects.getDraft202012(),
        builder ->
            builder
                .schemaLoader(loader ->
                    loader.allow(
                        iri -> iri.toString().startsWith("https://json-schema.org/draft/2020-12/")))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .failFast(true)
                        .preloadSchema(true)
                        .regularExpressionFactory(BoundedPattern::of)
                        .build()));
  }
}
