@NullMarked
package dev.remit.postgres.embedded;

import org.jspecify.annotations.NullMarked;
