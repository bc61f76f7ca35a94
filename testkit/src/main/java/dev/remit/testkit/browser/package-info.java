/**
 * A real browser for tests: Chromium, driven over the WebDriver protocol. Beside the flow; only
 * tests know it.
 */
@NullMarked
package dev.remit.testkit.browser;

import org.jspecify.annotations.NullMarked;
