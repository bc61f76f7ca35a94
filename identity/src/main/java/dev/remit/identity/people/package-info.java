/**
 * Signs people in: OpenID Connect by authorization code with PKCE at the issuers of people that the
 * server's configuration lists. An issuer's word makes a {@code core.identity.Person}, and what the
 * person may do is asked elsewhere.
 */
@NullMarked
package dev.remit.identity.people;

import org.jspecify.annotations.NullMarked;
