package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.OutputListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream of a program to its end, and keeps the first part of it. Thread-safe. */
final class Capture implements CommandResult.Output {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final long KEPT = 64L << 20;
    private static final int TEXT = 64 << 10;
    private static final int PART = 16 << 10;

    private final OutputListener.Stream stream;
    private final Path file;
    private final Teller teller;
    /** This and what follows is guarded by this. */
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    private long size;
    private long written;
    private boolean full;

    Capture(OutputListener.Stream stream, Path file, Teller teller) {
        this.stream = stream;
        this.file = file;
        this.teller = teller;
    }

    /** Returns when nobody can write to it any more. */
    void readAll(InputStream from) {
        Characters characters = new Characters(PART);
        byte[] part = new byte[PART];
        try (from;
                OutputStream to = file()) {
            for (int read = from.read(part); read >= 0; read = from.read(part)) {
                keep(part, read, to);
                teller.tell(stream, characters.add(part, read));
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("stream", stream).setCause(e).log("The output of a command ends early");
        }
        teller.tell(stream, characters.end());
    }

    private OutputStream file() {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            keepNoMore(e);
            return OutputStream.nullOutputStream();
        }
    }

    private synchronized void keepNoMore(IOException e) {
        full = true;
        LOG.atWarn().addKeyValue("file", file).setCause(e).log("The output of a command is kept no further");
    }

    private synchronized void keep(byte[] part, int length, OutputStream to) {
        head.write(part, 0, Math.min(length, TEXT - head.size()));
        written += length;
        int kept = full ? 0 : (int) Math.min(length, KEPT - size);
        try {
            to.write(part, 0, kept);
            size += kept;
            full = full || size == KEPT;
        } catch (IOException e) {
            keepNoMore(e);
        }
    }

    @Override
    public synchronized String text() {
        if (written <= TEXT) {
            return head.toString(StandardCharsets.UTF_8);
        }
        // a character that was cut in two is left away
        return new Characters(TEXT).add(head.toByteArray(), head.size());
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized long written() {
        return written;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }
}
