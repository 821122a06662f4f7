package dev.agentrunner.jdbc.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Starts sums. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
