/** What waits for people: proposals by digest. After {@code decision}, before {@code lease}. */
@NullMarked
package dev.remit.core.approval;

import org.jspecify.annotations.NullMarked;
