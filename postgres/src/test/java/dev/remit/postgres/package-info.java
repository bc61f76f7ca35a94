@NullMarked
package dev.remit.postgres;

import org.jspecify.annotations.NullMarked;
