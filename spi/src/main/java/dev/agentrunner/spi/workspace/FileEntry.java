package dev.agentrunner.spi.workspace;

/**
 * One file of a workspace.
 *
 * @param path relative, with {@code /}
 * @param mode the permission bits, such as {@code 0644}
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record FileEntry(String path, int mode, long size, String sha256) {}
