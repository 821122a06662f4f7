package dev.agentrunner.core.time;

import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;

/** Makes identifiers: UUIDs of version 7 (RFC 9562), which sort by the millisecond of their creation. Thread-safe. */
public final class Ids {

    private final InstantSource clock;
    private final Random random;

    public Ids(InstantSource clock) {
        this(clock, new SecureRandom());
    }

    Ids(InstantSource clock, Random random) {
        this.clock = clock;
        this.random = random;
    }

    public RunId run() {
        return new RunId(uuid());
    }

    public ArtifactId artifact() {
        return new ArtifactId(uuid());
    }

    /** A seed for replayable random numbers. */
    public long seed() {
        return random.nextLong();
    }

    /** A number from 0.0 to 1.0, for spreading things in time. */
    public double fraction() {
        return random.nextDouble();
    }

    /** A short text that no other process draws. */
    public String token() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    private UUID uuid() {
        long millis = clock.millis() << 16;
        long high = millis | 0x7000L | (random.nextLong() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
