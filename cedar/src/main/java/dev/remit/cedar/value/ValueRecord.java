package dev.remit.cedar.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code Record}, also the attributes or tags of an entity: values by name. */
public final class ValueRecord implements Value {
  /** No members. */
  public static final ValueRecord EMPTY = new Builder(0).build();

  private static final int SMALL = 12;

  private final String[] names;
  private final Value[] values;
  private final int size;
  private final int hash;

  /** The members again where there are many of them. */
  private final @Nullable Map<String, Value> table;

  private ValueRecord(
      String[] names, Value[] values, int size, int hash, @Nullable Map<String, Value> table) {
    this.names = names;
    this.values = values;
    this.size = size;
    this.hash = hash;
    this.table = table;
  }

  /** The record of these members. */
  public static ValueRecord of(Map<String, ? extends Value> members) {
    var builder = new Builder(members.size());
    members.forEach(builder::put);
    return builder.build();
  }

  /** Starts a record of about so many members. */
  public static Builder of(int members) {
    return new Builder(members);
  }

  /** The value of this name, or null. */
  public @Nullable Value get(String name) {
    if (table != null) {
      return table.get(name);
    }
    int place = find(names, size, name);
    return place < 0 ? null : values[place];
  }

  private static int find(String[] names, int size, String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** How many members there are. */
  public int size() {
    return size;
  }

  /** The members, in no order. */
  public Map<String, Value> members() {
    var members = new HashMap<String, Value>();
    for (int i = 0; i < size; i++) {
      members.put(names[i], values[i]);
    }
    return members;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ValueRecord that
            && hash == that.hash
            && size == that.size
            && hasAllOf(that));
  }

  private boolean hasAllOf(ValueRecord other) {
    for (int i = 0; i < other.size; i++) {
      var mine = get(other.names[i]);
      if (mine == null || !mine.equals(other.values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "record of " + size;
  }

  /** Collects members; of one name the last counts. Not thread safe. */
  public static final class Builder {
    private String[] names;
    private Value[] values;
    private int size;
    private @Nullable Map<String, Value> table;

    private Builder(int members) {
      int capacity = Math.clamp(members, 4, SMALL);
      names = new String[capacity];
      values = new Value[capacity];
    }

    /** Adds or replaces a member. */
    public Builder put(String name, Value value) {
      if (table != null) {
        table.put(name, value);
        return this;
      }
      int place = find(names, size, name);
      if (place >= 0) {
        values[place] = value;
        return this;
      }
      if (size == SMALL) {
        grow(name, value);
        return this;
      }
      if (size == names.length) {
        names = java.util.Arrays.copyOf(names, SMALL);
        values = java.util.Arrays.copyOf(values, SMALL);
      }
      names[size] = name;
      values[size++] = value;
      return this;
    }

    private void grow(String name, Value value) {
      table = new HashMap<>();
      for (int i = 0; i < size; i++) {
        table.put(names[i], values[i]);
      }
      table.put(name, value);
    }

    /** The record; the builder is of no use afterwards. */
    public ValueRecord build() {
      if (table != null) {
        size = table.size();
        names = table.keySet().toArray(String[]::new);
        values = table.values().toArray(Value[]::new);
      }
      int hash = 0;
      for (int i = 0; i < size; i++) {
        hash += names[i].hashCode() * 31 ^ values[i].hashCode();
      }
      return new ValueRecord(names, values, size, hash, table);
    }
  }
}
