package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Source;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.Jail;
import dev.agentrunner.workspace.files.RelativePath;
import dev.agentrunner.workspace.files.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes a directory equal to a list of files: what is too much goes first, then what is missing comes. Whatever was done
 * of it when it was interrupted, doing it again completes it.
 */
final class Restore {

    private final Jail jail;
    private final Wanted wanted;
    private final Ignore ignore;
    private final Sums sums;

    Restore(Jail jail, Wanted wanted, Ignore ignore, Sums sums) {
        this.jail = jail;
        this.wanted = wanted;
        this.ignore = ignore;
        this.sums = sums;
    }

    /** The paths that were written or deleted, sorted. */
    List<String> from(Source source) throws IOException {
        try (Staging staging = jail.stage()) {
            SortedSet<String> touched = new TreeSet<>();
            Set<String> kept;
            try (Folder root = jail.root()) {
                Cleaning cleaning = new Cleaning(wanted, ignore, sums, staging);
                cleaning.clean(root);
                kept = cleaning.kept();
                touched.addAll(cleaning.touched());
            }
            for (FileEntry file : wanted.files()) {
                if (!kept.contains(file.path())) {
                    write(file, source, staging);
                    touched.add(file.path());
                }
            }
            return List.copyOf(touched);
        }
    }

    private void write(FileEntry file, Source source, Staging staging) throws IOException {
        Staging.Staged staged;
        try (InputStream bytes = source.open(file)) {
            staged = staging.write(bytes, file.mode());
        }
        if (!staged.sha256().equals(file.sha256())) {
            throw new WorkspaceException(
                    "io",
                    "The kept bytes of '" + file.path() + "' have the sum " + staged.sha256() + " instead of "
                            + file.sha256() + ", so the file was not put back; look at the store of artifacts");
        }
        RelativePath path = RelativePath.of(file.path());
        try (Folder parent = jail.madeParent(path, staging)) {
            staging.publish(staged, parent, path.name());
        }
    }
}
