package dev.remit.connectors.ldap;

import dev.remit.core.execution.Cut;
import dev.remit.core.execution.SendBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place for passwords in memory, which a test can close. */
final class Mailbox implements Handover {
  final List<Parcel> parcels = new ArrayList<>();
  private Optional<String> closed = Optional.empty();
  private Runnable before = () -> {};

  void close(String why) {
    closed = Optional.of(why);
  }

  /** Something that happens while a parcel is handed over. */
  void meanwhile(Runnable act) {
    before = act;
  }

  @Override
  public Handed hand(Parcel parcel, SendBy sendBy, Cut cut, Duration timeout) {
    before.run();
    if (closed.isPresent()) {
      return new NotTaken(closed.get());
    }
    parcels.add(parcel);
    return new Taken();
  }
}
