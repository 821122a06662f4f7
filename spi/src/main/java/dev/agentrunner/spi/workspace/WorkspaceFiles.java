package dev.agentrunner.spi.workspace;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The files of a workspace, and nothing outside of it. Paths are relative, with {@code /}, without {@code .} and {@code
 * ..}; a path that leads out, or to a link, a hard link to a file with other names, a device or a FIFO, is refused as
 * {@code forbidden_path}, also if it is swapped in while it is looked at. Thread-safe.
 */
public interface WorkspaceFiles {

    /** Opens a file; the caller closes it. */
    InputStream open(String path);

    /** Reads a file of at most 10 MiB. */
    byte[] read(String path);

    /**
     * Writes files, all or none of them; missing directories are made, and each file is replaced at once. At most 1,000
     * files of 10 MiB each.
     *
     * @return what was written, in the order of the map
     */
    List<FileEntry> write(Map<String, byte[]> contents);

    /** Deletes a file; does nothing if there is none. */
    void delete(String path);

    /** Files below a directory ({@code ""}: all), sorted by path; links and special files are left out. */
    List<String> list(String directory);
}
