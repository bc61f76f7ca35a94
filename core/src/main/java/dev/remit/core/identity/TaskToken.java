package dev.remit.core.identity;

/**
 * The task token that a caller came with: it speaks for one task and no other.
 *
 * <p>Tasks are known by their names here, because identity comes before them.
 *
 * @param id the token's own name ({@code jti}, RFC 7519, section 4.1.7)
 * @param task the name of the task
 * @param isOfTriage whether whoever holds it looks at several clients: the token is of one
 */
public record TaskToken(String id, String task, boolean isOfTriage) {

  /** One of an agent of one client. */
  public TaskToken(String id, String task) {
    this(id, task, false);
  }

  /** The same, whose holder works at other clients too. */
  public TaskToken ofTriage() {
    return new TaskToken(id, task, true);
  }
}
