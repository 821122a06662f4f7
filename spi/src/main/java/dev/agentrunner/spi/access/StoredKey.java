package dev.agentrunner.spi.access;

import java.util.regex.Pattern;

/**
 * A key as it is kept.
 *
 * @param sha256 of its secret: 64 hexadecimal digits in lower case
 */
public record StoredKey(AccessKey key, String sha256) {

    static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");

    public StoredKey {
        if (!SUM.matcher(sha256).matches()) {
            // Not shown: who mixes things up may have given the secret itself.
            throw new IllegalArgumentException("The SHA-256 of key " + key.id() + " is not 64 hexadecimal digits in "
                    + "lower case; it was not stored");
        }
    }

    /** Without the sum. */
    @Override
    public String toString() {
        return "StoredKey[" + key + "]";
    }
}
