/**
 * PostgreSQL databases: a login role for each lease, declared queries in read-only transactions.
 * Serves the stages {@code target}, {@code lease} and {@code execution}.
 */
@NullMarked
package dev.remit.connectors.postgres;

import org.jspecify.annotations.NullMarked;
