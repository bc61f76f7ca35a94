/**
 * What tests stand on: stores in memory with the rules of the real ones, fakes with behaviour, a
 * clock moved by hand, contract suites. Test scope everywhere; nothing that ships uses it.
 */
@NullMarked
package dev.remit.testkit;

import org.jspecify.annotations.NullMarked;
