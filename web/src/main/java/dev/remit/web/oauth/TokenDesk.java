package dev.remit.web.oauth;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.RevokedTokens;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import java.time.Instant;

/** What stands behind the token endpoints. */
public record TokenDesk(TokenAuthority authority, RevokedTokens revoked, Tasks tasks) {

  /**
   * Whether a task token may be used at this moment: its task is open and nobody gave it back.
   * Asked of the database, so every replica says the same.
   */
  public boolean isLive(AgentId agent, TaskToken token, Instant at) {
    return tasks
            .find(agent.tenant(), new TaskId(token.task()))
            .filter(task -> task.agent().equals(agent) && task.isOpenAt(at))
            .isPresent()
        && !revoked.isRevoked(token);
  }
}
