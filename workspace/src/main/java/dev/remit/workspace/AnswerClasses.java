package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.tenant.DataClass;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code classes: {POINTER: CLASS}} of an operation: what kind of data lies where in its answer.
 *
 * <p>A reading operation has to say it, or agents get nothing of its answers. What an effect
 * answers is how the machine took it, unless the operation says otherwise.
 */
final class AnswerClasses {
  static final Form CLASS = Form.oneOf("operational", "business", "personal", "confidential");

  private AnswerClasses() {}

  static Map<String, DataClass> read(Section section, Grade effect) {
    var classes = new HashMap<String, DataClass>();
    section
        .optionalSection("classes")
        .ifPresent(found ->
            found
                .eachText(Form.POINTER, CLASS)
                .forEach((pointer, name) ->
                    DataClass.parse(name).ifPresent(each -> classes.put(pointer, each))));
    if (!section.has("classes") && effect != Grade.OBSERVE) {
      classes.put("", DataClass.OPERATIONAL);
    }
    return classes;
  }
}
