package dev.remit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remit autonomy}. */
@Command(
    name = "autonomy",
    mixinStandardHelpOptions = true,
    description = "Lists how far agents go alone, with the evidence of the log.")
final class AutonomyCommand implements Callable<Integer> {

  @Mixin private TenantListing listing = new TenantListing();

  @Override
  public Integer call() {
    return listing.print(
        "/v1/autonomy",
        "levels",
        "no agent works here",
        "tenant",
        "agentClass",
        "taskClass",
        "inForce",
        "upTo",
        "evidence.done",
        "evidence.certified",
        "evidence.objected",
        "evidence.unknown",
        "evidence.refusals",
        "evidence.overdue",
        "cause");
  }
}
