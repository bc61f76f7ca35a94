/**
 * The clients' directories: one LDAP server in this process, each company in a container of its
 * own, and a letterbox for passwords that are handed over.
 */
@NullMarked
package dev.remit.lab.directory;

import org.jspecify.annotations.NullMarked;
