package dev.remit.json;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds values from Jackson's token stream.
 *
 * <p>Duplicate names are found here, where the members are collected anyway, so that the message
 * can name the member. Names are not kept between texts: hostile ones would fill a shared table.
 */
final class StrictReader {

  private static final int LONGEST_NUMBER = 512;
  private static final int LONGEST_NAME = 4096;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.MAX_DEPTH)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .maxStringLength(Json.MAX_BYTES)
                  .maxDocumentLength(Json.MAX_BYTES + 1L)
                  .build())
          .build();

  private final JsonParser parser;

  private StrictReader(JsonParser parser) {
    this.parser = parser;
  }

  static Value read(String text) {
    if (text.startsWith("\ufeff")) {
      throw new InvalidValueException("the JSON text begins with a byte order mark; leave it out");
    }
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      var reader = new StrictReader(parser);
      var value = reader.value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw new InvalidValueException("there is something after the end of the JSON text");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new InvalidValueException("the JSON text is nested too deep or has too long a token");
    } catch (JacksonException e) {
      throw new InvalidValueException("not a JSON text" + place(e));
    }
  }

  private Value value(@Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Value.Text(parser.getString());
      case VALUE_NUMBER_INT -> Numbers.integer(parser.getString());
      case VALUE_NUMBER_FLOAT -> Numbers.decimal(parser.getString());
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> Value.Null.NULL;
      case null -> throw new InvalidValueException("the JSON text is empty");
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new InvalidValueException("not a JSON text");
    };
  }

  private Value array() {
    var items = new ArrayList<Value>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      items.add(value(token));
    }
    return new Value.Array(items);
  }

  private Value object() {
    var members = new LinkedHashMap<String, Value>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (members.containsKey(name)) {
        throw new InvalidValueException(
            "duplicate name `" + Quoted.shortened(name) + "` in one object");
      }
      members.put(name, value(parser.nextToken()));
    }
    return new Value.Obj(members);
  }

  private static String place(JacksonException e) {
    var location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
