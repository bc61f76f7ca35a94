/** How another machine becomes a replica: what all replicas share goes to it in one sealed file. */
@NullMarked
package dev.remit.cli.replica;

import org.jspecify.annotations.NullMarked;
