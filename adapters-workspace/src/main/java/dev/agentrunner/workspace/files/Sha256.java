package dev.agentrunner.workspace.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Starts sums. */
public final class Sha256 {

    private Sha256() {}

    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
