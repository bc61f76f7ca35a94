/** Whether the connections to clients' systems still are what their files say. */
@NullMarked
package dev.remit.core.connection;

import org.jspecify.annotations.NullMarked;
