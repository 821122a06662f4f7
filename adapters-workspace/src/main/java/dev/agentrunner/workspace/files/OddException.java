package dev.agentrunner.workspace.files;

import java.nio.file.FileSystemException;

/** An entry is not what may be used. */
public final class OddException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    OddException(Object file, String oddity) {
        super(file.toString(), null, oddity);
    }

    static OddException swapped(Object file) {
        return new OddException(file, "was replaced while it was looked at");
    }

    /** What is odd about it, to be read after its path. */
    public String oddity() {
        return String.valueOf(getReason());
    }
}
