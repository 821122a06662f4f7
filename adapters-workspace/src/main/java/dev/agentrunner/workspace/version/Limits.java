package dev.agentrunner.workspace.version;

/**
 * How much is versioned.
 *
 * @param fileBytes of one file
 * @param files of one workspace
 * @param bytes of all its files
 */
public record Limits(long fileBytes, int files, long bytes) {

    /** 10 MiB, 5,000 files and 256 MiB. */
    public static final Limits DEFAULT = new Limits(10L << 20, 5_000, 256L << 20);

    public Limits {
        if (fileBytes < 0 || files < 0 || bytes < 0) {
            throw new IllegalArgumentException("A limit of a workspace is negative; give 0 or more");
        }
    }
}
