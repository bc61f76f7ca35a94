/**
 * A Cedar engine for the JVM: {@link PolicySet} reads the official JSON form, compiles it and
 * decides on prepared {@link dev.remit.cedar.request.Facts}. It depends on nothing but the JDK.
 */
@NullMarked
package dev.remit.cedar;

import org.jspecify.annotations.NullMarked;
