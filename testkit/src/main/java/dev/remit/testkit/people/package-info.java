/** A real issuer of people for tests: Keycloak. Beside the flow; only tests know it. */
@NullMarked
package dev.remit.testkit.people;

import org.jspecify.annotations.NullMarked;
