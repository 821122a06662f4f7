package dev.agentrunner.spi.workspace;

import java.io.IOException;
import java.io.InputStream;

/**
 * How a program ended.
 *
 * @param exitCode 0 to 255; 128 + n if signal n ended it
 */
public record CommandResult(int exitCode, Output stdout, Output stderr) {

    /** What a program wrote to one stream. Readable until the {@link RunningCommand} is closed. */
    public interface Output {

        /** The first 64 KiB at most, as UTF-8; what is none became U+FFFD. */
        String text();

        /** How much was kept, in bytes: at most 64 MiB. */
        long size();

        /** How much was written; more than {@link #size()} if some of it was not kept. */
        long written();

        /** Opens all that was kept. */
        InputStream open() throws IOException;
    }
}
