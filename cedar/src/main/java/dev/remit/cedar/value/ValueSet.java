package dev.remit.cedar.value;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code Set}: values of any types, each once, without order. */
public final class ValueSet implements Value {
  /** No values. */
  public static final ValueSet EMPTY = new ValueSet(new Value[0], 0, null);

  private static final int SMALL = 8;

  private final Value[] items;
  private final int hash;

  /** The items again where there are many of them. */
  private final @Nullable Set<Value> table;

  private ValueSet(Value[] items, int hash, @Nullable Set<Value> table) {
    this.items = items;
    this.hash = hash;
    this.table = table;
  }

  /** The set of these values. */
  public static ValueSet of(Collection<? extends Value> values) {
    return of(values.toArray(Value[]::new), values.size());
  }

  /** The set of these texts. */
  public static ValueSet ofTexts(Collection<String> texts) {
    var values = new Value[texts.size()];
    int count = 0;
    for (String text : texts) {
      values[count++] = new Text(text);
    }
    return of(values, count);
  }

  /** Takes the array over. */
  private static ValueSet of(Value[] values, int count) {
    if (count == 0) {
      return EMPTY;
    }
    return count <= SMALL ? small(values, count) : large(values);
  }

  private static ValueSet small(Value[] values, int count) {
    int kept = 0;
    int hash = 0;
    for (int i = 0; i < count; i++) {
      if (!contains(values, kept, values[i])) {
        values[kept++] = values[i];
        hash += values[i].hashCode();
      }
    }
    return new ValueSet(
        kept == values.length ? values : java.util.Arrays.copyOf(values, kept), hash, null);
  }

  private static ValueSet large(Value[] values) {
    var table = new HashSet<Value>(values.length * 2);
    int hash = 0;
    for (Value value : values) {
      if (table.add(value)) {
        hash += value.hashCode();
      }
    }
    return new ValueSet(table.toArray(Value[]::new), hash, table);
  }

  private static boolean contains(Value[] items, int count, Value value) {
    for (int i = 0; i < count; i++) {
      if (items[i].equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this value is among them. */
  public boolean contains(Value value) {
    return table == null ? contains(items, items.length, value) : table.contains(value);
  }

  /** Whether all of the other set are among them. */
  public boolean containsAll(ValueSet other) {
    for (Value item : other.items) {
      if (!contains(item)) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of the other set is among them. */
  public boolean containsAny(ValueSet other) {
    for (Value item : other.items) {
      if (contains(item)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return items.length == 0;
  }

  /** How many there are. */
  public int size() {
    return items.length;
  }

  /** The value at a place that means nothing, to go through all. */
  public Value get(int place) {
    return items[place];
  }

  /** All values, in no order. */
  public List<Value> items() {
    return List.of(items);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ValueSet that
            && hash == that.hash
            && items.length == that.items.length
            && containsAll(that));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "set of " + items.length;
  }
}
