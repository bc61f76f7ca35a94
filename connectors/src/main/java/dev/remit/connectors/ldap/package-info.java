/**
 * Directories that speak LDAP: an account or a standing account's rights for each lease, declared
 * acts on users and groups. Serves the stages {@code target}, {@code lease} and {@code execution}.
 */
@NullMarked
package dev.remit.connectors.ldap;

import org.jspecify.annotations.NullMarked;
