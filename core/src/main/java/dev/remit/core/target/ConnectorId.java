package dev.remit.core.target;

import dev.remit.core.value.InvalidValueException;
import java.util.regex.Pattern;

/** The name of a connection to one system: lower-case letters and digits, at most 31. */
public record ConnectorId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]{0,30}");

  public ConnectorId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "a connector's name is lower-case letters and digits and starts with a letter");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
