package dev.agentrunner.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is kept of a secret of 256 random bits: enough to know it again, and too little to make it. */
final class Sha256 {

    private Sha256() {}

    /** 64 hexadecimal digits in lower case. */
    static String of(String secret) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
