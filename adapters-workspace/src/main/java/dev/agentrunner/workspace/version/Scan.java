package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import dev.agentrunner.spi.workspace.WorkspaceVersions.LeftOut;
import dev.agentrunner.workspace.files.Entry;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.OddException;
import dev.agentrunner.workspace.files.Walk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at all files. Which of too many are left out depends on their order only. */
final class Scan implements Walk.Visitor {

    /** How many files that are left out are named. */
    private static final int NAMED = 1_000;

    private final List<FileEntry> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Ignore ignore;
    private final Limits limits;
    private final Sums sums;
    private long bytes;
    private long unnamed;

    Scan(Ignore ignore, Limits limits, Sums sums) {
        this.ignore = ignore;
        this.limits = limits;
        this.sums = sums;
    }

    Contents of(Folder root) throws IOException {
        Walk.below(root, "", this);
        files.sort(Comparator.comparing(FileEntry::path));
        leftOut.sort(Comparator.comparing(LeftOut::path));
        if (unnamed > 0) {
            LeftOut last = leftOut.get(NAMED - 1);
            leftOut.set(NAMED - 1, new LeftOut(last.path(), last.reason() + "; so are " + unnamed + " more files"));
        }
        return new Contents(files, leftOut);
    }

    @Override
    public boolean enters(String path) {
        return !ignore.ignores(path, true);
    }

    @Override
    public void file(Folder folder, Path name, String path, Entry entry) throws IOException {
        if (ignore.ignores(path, false)) {
            return;
        }
        String excess = excess(entry.stamp().size());
        if (excess != null) {
            leaveOut(path, excess);
            return;
        }
        try {
            Sums.Summed summed = sums.of(folder, name, path, entry);
            if (summed == null) {
                leaveOut(path, "changed each time it was read");
                return;
            }
            long size = summed.entry().stamp().size();
            files.add(new FileEntry(path, summed.entry().mode(), size, summed.sha256()));
            bytes += size;
        } catch (NoSuchFileException e) {
            return;
        } catch (OddException e) {
            leaveOut(path, e.oddity());
        } catch (AccessDeniedException e) {
            leaveOut(path, "may not be read");
        }
    }

    private @Nullable String excess(long size) {
        if (size > limits.fileBytes()) {
            return "has more than " + limits.fileBytes() + " bytes";
        }
        if (files.size() == limits.files()) {
            return "comes after " + limits.files() + " other files";
        }
        return bytes + size > limits.bytes() ? "would make more than " + limits.bytes() + " bytes in all" : null;
    }

    @Override
    public void odd(String path, String reason) {
        if (!ignore.ignores(path, false)) {
            leaveOut(path, reason);
        }
    }

    private void leaveOut(String path, String reason) {
        if (leftOut.size() < NAMED) {
            leftOut.add(new LeftOut(path, reason));
        } else {
            unnamed++;
        }
    }
}
