package dev.agentrunner.spi.model;

/**
 * Stored bytes, addressed by their content.
 *
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 * @param uri where the artifact store that made it finds the bytes
 */
public record Blob(long size, String sha256, String uri) {

    public Blob {
        Storable.text("The blob's uri", uri);
        if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a blob: size " + size + ", sha256 " + sha256);
        }
    }
}
