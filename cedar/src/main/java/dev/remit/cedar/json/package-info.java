/**
 * A strict reader of JSON for what Cedar's official forms need: no duplicate keys, no lone
 * surrogates, whole numbers of 64 bits, any depth without recursion.
 */
@NullMarked
package dev.remit.cedar.json;

import org.jspecify.annotations.NullMarked;
