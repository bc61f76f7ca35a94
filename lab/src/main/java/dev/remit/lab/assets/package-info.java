/**
 * The asset database: a PostgreSQL cluster of its own, with one schema per client and a broker role
 * that may create and remove leased login roles.
 */
@NullMarked
package dev.remit.lab.assets;

import org.jspecify.annotations.NullMarked;
