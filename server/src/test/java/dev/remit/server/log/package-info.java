@NullMarked
package dev.remit.server.log;

import org.jspecify.annotations.NullMarked;
