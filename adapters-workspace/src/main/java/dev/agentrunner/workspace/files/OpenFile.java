package dev.agentrunner.workspace.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * A file that is open for reading.
 *
 * @param entry as it was before it was opened
 */
public record OpenFile(FileChannel channel, Entry entry) implements AutoCloseable {

    /** Closes the file when it is closed. */
    public InputStream bytes() {
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
