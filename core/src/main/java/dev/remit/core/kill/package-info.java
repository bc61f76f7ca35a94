/** The kill switch: scopes, and the port that orders them by the database. Beside the flow. */
@NullMarked
package dev.remit.core.kill;

import org.jspecify.annotations.NullMarked;
