package dev.agentrunner.workspace.files;

import dev.agentrunner.spi.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what a workspace does not do. */
public final class Refusals {

    private Refusals() {}

    /** {@code why} goes on from the path: "is absolute". */
    public static WorkspaceException forbidden(String path, String why) {
        return new WorkspaceException(
                "forbidden_path",
                "The path '" + excerpt(path) + "' " + why
                        + ", so nothing was done with it; use the relative path of a plain file");
    }

    static WorkspaceException noSuchFile(String path) {
        return new WorkspaceException(
                "no_such_file",
                "There is no file '" + excerpt(path) + "' in the workspace; look at the list of its files");
    }

    static WorkspaceException tooLarge(String path, long limit) {
        return new WorkspaceException(
                "too_large",
                "The file '" + excerpt(path) + "' has more than " + limit
                        + " bytes, so nothing was done with it; split it, or raise the limit of the workspaces");
    }

    static WorkspaceException tooMany(String what, int limit) {
        return new WorkspaceException(
                "too_many_files", what + " of more than " + limit + " files is not done; take fewer at a time");
    }

    /** A workspace that was deleted, or is no directory any more. */
    public static WorkspaceException gone(Path directory, @Nullable IOException e) {
        String said = "The workspace " + directory + " is no directory any more; open the workspace again";
        return e == null ? new WorkspaceException("io", said) : new WorkspaceException("io", said, e);
    }

    /** What a failed access means to whoever asked for it. */
    public static WorkspaceException of(String path, IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return noSuchFile(path);
        }
        if (e instanceof OddException odd) {
            return forbidden(path, odd.oddity());
        }
        String reason = e instanceof ClosedByInterruptException ? "the thread was interrupted" : e.toString();
        return new WorkspaceException(
                "io",
                "The workspace could not be accessed" + (path.isEmpty() ? "" : " at '" + excerpt(path) + "'") + ": "
                        + reason + "; look at the disk and at who may use it, and try again",
                e);
    }

    private static String excerpt(String path) {
        String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        return shown.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
