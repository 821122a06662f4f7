package dev.agentrunner.examples.inventory;

/**
 * One file.
 *
 * @param path relative to the directory, with {@code /} between the parts
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record FileEntry(String path, long size, String sha256) {

    /** What follows the last dot of the name, or "(none)". */
    public String type() {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "(none)" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }
}
