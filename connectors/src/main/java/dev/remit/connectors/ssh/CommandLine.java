package dev.remit.connectors.ssh;

import dev.remit.core.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Words as one line that a POSIX shell takes apart into exactly these words again.
 *
 * <p>{@code sshd} hands a forced command to the account's login shell; nothing can change that. So
 * each word stands in single quotes, inside which a shell sees no character but the closing quote
 * (POSIX.1-2024, Shell Command Language, section 2.2.2); a quote in a word is closed, escaped and
 * opened again. Refused are NUL, which no argument can hold, and text that is no Unicode.
 */
final class CommandLine {
  /** Far below the 128 KiB that Linux takes as one argument. */
  private static final int LIMIT = 32 * 1024;

  private CommandLine() {}

  /** The line that runs these words in place of the shell. */
  static String of(List<String> words) {
    var line =
        words.stream().map(CommandLine::quoted).collect(Collectors.joining(" ", "exec ", ""));
    if (bytes(line).remaining() > LIMIT) {
      throw new InvalidValueException("the command is longer than " + LIMIT + " bytes");
    }
    return line;
  }

  private static String quoted(String word) {
    if (word.indexOf('\0') >= 0) {
      throw new InvalidValueException("an argument of a command cannot hold the character U+0000");
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static ByteBuffer bytes(String line) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("an argument of a command is no valid text");
    }
  }
}
