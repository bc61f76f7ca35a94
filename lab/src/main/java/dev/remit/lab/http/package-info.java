/**
 * The thin layer between the lab's endpoints and the HTTP server: a request read once, a reply as
 * data, strict JSON. All three listeners of the lab use it.
 */
@NullMarked
package dev.remit.lab.http;

import org.jspecify.annotations.NullMarked;
