package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Selection;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.InvalidValueException;
import java.util.Optional;

/**
 * One operation as the workspace declares it, read once when the connector is built.
 *
 * @param owner where the answer names its record's owner, for tools whose proof is the answer
 */
record HttpOperation(
    Tool tool,
    RequestTemplate request,
    Optional<JobTemplate> job,
    Optional<ReadBack> readBack,
    Optional<Pointer> owner,
    Selection selection) {

  static HttpOperation of(Tool tool) {
    var settings = new Settings("tool `" + tool.name() + "`", tool.settings());
    var owner = settings.optionalPointer("owner");
    if (tool.proof() == Tool.Proof.ANSWER && owner.isEmpty()) {
      throw new InvalidValueException(
          settings.where() + ": `proof: answer` needs the pointer `owner`");
    }
    return new HttpOperation(
        tool,
        RequestTemplate.of(settings.part("request")),
        job(settings),
        settings.optionalPart("read-back").map(ReadBack::of),
        owner,
        Selection.of(settings));
  }

  private static Optional<JobTemplate> job(Settings settings) {
    var completion = settings.optionalText("completion").orElse("answer");
    return switch (completion) {
      case "answer" -> Optional.empty();
      case "job" -> Optional.of(JobTemplate.of(settings.part("job")));
      default ->
          throw new InvalidValueException(
              settings.where() + ": `completion` must be answer or job, not `" + completion + "`");
    };
  }

  boolean isRead() {
    return tool.effect() == Grade.OBSERVE;
  }
}
