package dev.remit.log;

import java.util.List;
import java.util.Set;

/**
 * Which witnesses have to have cosigned before a checkpoint counts (C2SP tlog-policy "Defining the
 * quorum").
 */
public sealed interface Quorum {

  /** Whether these witnesses, by their names in the policy, are enough. */
  boolean isMetBy(Set<String> cosigners);

  /** No cosignature is asked for. */
  record None() implements Quorum {
    @Override
    public boolean isMetBy(Set<String> cosigners) {
      return true;
    }
  }

  /** This one has to have cosigned. */
  record Witness(String name) implements Quorum {
    @Override
    public boolean isMetBy(Set<String> cosigners) {
      return cosigners.contains(name);
    }
  }

  /** At least so many of the members. */
  record Group(String name, int threshold, List<Quorum> members) implements Quorum {
    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new InvalidLogDataException(
            "group `" + name + "` asks for 1 to as many members as it has");
      }
    }

    @Override
    public boolean isMetBy(Set<String> cosigners) {
      return members.stream().filter(member -> member.isMetBy(cosigners)).count() >= threshold;
    }
  }
}
