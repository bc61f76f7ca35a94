/**
 * The remote monitoring and management system over HTTP, shaped like NinjaOne's public API 2.0:
 * OAuth, devices, services, jobs, activities, tickets; with faults and triggers that tests arm.
 */
@NullMarked
package dev.remit.lab.rmm;

import org.jspecify.annotations.NullMarked;
