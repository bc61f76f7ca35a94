package dev.remit.web.people;

import dev.remit.core.identity.Organisation;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.people.Rights.Verb;
import java.util.function.Supplier;

/** Who asks on the people's listener. */
sealed interface Asker {

  /** Refuses unless the asker may do this at this tenant. */
  void require(Verb verb, TenantId tenant);

  /** Refuses unless the asker may do this, which concerns no single tenant. */
  void require(Verb verb);

  /** Whether the asker may be told that this tenant exists. */
  boolean sees(TenantId tenant);

  /** The name recorded in evidence. */
  String text();

  /** Whoever holds the machine: reads everything, stops everything, answers nothing. */
  record Operator() implements Asker {
    @Override
    public void require(Verb verb, TenantId tenant) {
      require(verb);
    }

    @Override
    public void require(Verb verb) {
      if (!Rights.OF_OPERATOR.contains(verb)) {
        throw Rights.peopleOnly();
      }
    }

    @Override
    public boolean sees(TenantId tenant) {
      return true;
    }

    @Override
    public String text() {
      return "operator";
    }
  }

  /** A signed-in person, in a browser or through a command line. */
  record OfPerson(Session session, Supplier<People> people) implements Asker {
    @Override
    public void require(Verb verb, TenantId tenant) {
      new Rights(people.get()).require(session, verb, tenant);
    }

    @Override
    public void require(Verb verb) {
      new Rights(people.get()).require(session, verb);
    }

    @Override
    public boolean sees(TenantId tenant) {
      return switch (session.person().organisation()) {
        case Organisation.Msp() -> !people.get().functionsOf(session.person(), tenant).isEmpty();
        case Organisation.Client(TenantId own) -> own.equals(tenant);
      };
    }

    @Override
    public String text() {
      return session.person().id().text();
    }
  }
}
