package dev.remit.lab.estate;

import java.time.Instant;

/**
 * A line of the vendor's own log.
 *
 * @param deviceId 0 when no device is concerned
 */
public record Activity(
    long id,
    Instant time,
    int deviceId,
    String activityType,
    String statusCode,
    String subject,
    String message,
    String seriesUid,
    Actor by) {}
