/**
 * The monitoring system over HTTP: alerts that can be acknowledged, devices that can be muted or
 * put into maintenance, always with an end. Each answer says what is blind and until when.
 */
@NullMarked
package dev.remit.lab.monitoring;

import org.jspecify.annotations.NullMarked;
