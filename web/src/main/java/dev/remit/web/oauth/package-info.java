/**
 * The authorization server of task tokens on the machines' listener: token exchange, introspection,
 * revocation, keys, metadata.
 */
@NullMarked
package dev.remit.web.oauth;

import org.jspecify.annotations.NullMarked;
