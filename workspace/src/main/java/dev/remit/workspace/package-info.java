/**
 * The policy-as-code folder: reading, checking every file and every reference, and the release that
 * it means.
 *
 * <p>Beside the flow: it makes a {@link dev.remit.core.release.Release} and compiled policy out of
 * files, from a folder or from the stored files of a version. Whoever writes the folder is not
 * trusted: it names no command, address, path or issuer, and everything that is not understood is
 * refused with its place.
 */
@NullMarked
package dev.remit.workspace;

import org.jspecify.annotations.NullMarked;
