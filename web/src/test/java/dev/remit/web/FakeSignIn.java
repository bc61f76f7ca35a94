package dev.remit.web;

import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonSignIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Issuers that sign in whoever a code names. */
final class FakeSignIn implements PersonSignIn {

  final List<Attempt> begun = new CopyOnWriteArrayList<>();
  final List<Attempt> completed = new CopyOnWriteArrayList<>();
  final Map<String, Person> byCode = new ConcurrentHashMap<>();
  volatile boolean isAway;

  @Override
  public List<String> issuers() {
    return List.of("staff", "harbor-dental", "summit-freight");
  }

  @Override
  public Begun begin(Attempt attempt) {
    begun.add(attempt);
    return isAway
        ? new Away("connection refused")
        : new Redirect("https://issuer.example/" + attempt.issuer() + "?s=" + attempt.state());
  }

  /** A code is believed with the nonce and verifier of an attempt that was begun, once. */
  @Override
  public Completed complete(Attempt attempt, Returned returned) {
    completed.add(attempt);
    if (isAway) {
      return new Away("connection refused");
    }
    return Optional.ofNullable(byCode.remove(returned.code()))
        .filter(person -> person.id().issuer().equals(attempt.issuer()))
        .filter(_ -> begun.contains(attempt))
        .<Completed>map(SignedIn::new)
        .orElseGet(() -> new Refused("the code is not known"));
  }
}
