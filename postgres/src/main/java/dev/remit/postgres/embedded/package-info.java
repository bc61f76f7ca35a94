/**
 * A real PostgreSQL inside the data folder, for one machine: binaries, cluster, passwords, start
 * and stop. Beside the flow; everything else sees only its {@code DatabaseConfig}.
 */
@NullMarked
package dev.remit.postgres.embedded;

import org.jspecify.annotations.NullMarked;
