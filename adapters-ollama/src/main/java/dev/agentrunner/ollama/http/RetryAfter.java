package dev.agentrunner.ollama.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /** Seconds or a date; empty if it is neither. A date that has passed means now. */
    static Optional<Duration> read(String value, Instant now) {
        String text = value.strip();
        try {
            if (text.matches("[0-9]{1,12}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Optional.of(at.isBefore(now) ? Duration.ZERO : Duration.between(now, at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
