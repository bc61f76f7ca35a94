@NullMarked
package dev.remit.server.witness;

import org.jspecify.annotations.NullMarked;
