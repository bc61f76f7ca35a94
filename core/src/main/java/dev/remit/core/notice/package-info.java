/**
 * What people have to be told of proposals: written with the change it tells of, sent outside the
 * way of any call. It stands beside the flow and decides nothing.
 */
@NullMarked
package dev.remit.core.notice;

import org.jspecify.annotations.NullMarked;
