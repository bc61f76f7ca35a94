/**
 * The OIDC issuer that vouches for agents: discovery, keys, client credentials, and tokens made
 * wrong on purpose for tests.
 */
@NullMarked
package dev.remit.lab.oidc;

import org.jspecify.annotations.NullMarked;
