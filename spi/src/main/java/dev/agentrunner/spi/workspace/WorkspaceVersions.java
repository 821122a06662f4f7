package dev.agentrunner.spi.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workspace holds at a moment. Thread-safe. */
public interface WorkspaceVersions {

    /** Looks at all files that the policy does not ignore. A file that has not changed is not read again. */
    Contents scan();

    /**
     * Makes the files equal to these: writes what is missing or differs, deletes what is not among them, unless it is
     * ignored. Directories that become empty go.
     *
     * @return the paths that were written or deleted, sorted
     */
    List<String> restore(List<FileEntry> files, Source source);

    /** Remembers, beside the files, which version they are of. */
    void mark(String version);

    /** What was last remembered; null if nothing was, or the directory was made anew since. */
    @Nullable String marked();

    /** Gives the bytes of a file. */
    @FunctionalInterface
    interface Source {
        InputStream open(FileEntry file) throws IOException;
    }

    /**
     * What was found.
     *
     * @param files sorted by path
     * @param leftOut files that are not versioned though nobody ignores them, and why
     */
    record Contents(List<FileEntry> files, List<LeftOut> leftOut) {

        public Contents {
            files = List.copyOf(files);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A file that is not versioned.
     *
     * @param reason for people: it is too large, a link, a device, or there are too many
     */
    record LeftOut(String path, String reason) {}
}
