package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.cli.signin.SessionFile;
import picocli.CommandLine.Option;

/** Options of every command that acts for the person who signed in. */
final class PersonOptions {

  @Option(names = "--tenant", paramLabel = "T", required = true, description = "the tenant")
  private String tenant = "";

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  PeopleApi people() {
    var session =
        SessionFile.ofUser()
            .find()
            .orElseThrow(() -> CommandException.refused("sign in first: `remit login`"));
    return new PeopleApi(session.url(), session.token());
  }

  String tenant() {
    return tenant;
  }

  boolean isJson() {
    return json;
  }
}
