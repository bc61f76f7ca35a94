package dev.remit.web.oauth;

import dev.remit.core.identity.RevokedTokens;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.task.Tasks;

/** What stands behind the token endpoints. */
public record TokenDesk(TokenAuthority authority, RevokedTokens revoked, Tasks tasks) {}
