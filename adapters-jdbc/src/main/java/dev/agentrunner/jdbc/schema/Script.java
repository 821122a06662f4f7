package dev.agentrunner.jdbc.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.flywaydb.core.api.resource.LoadableResource;

/** A script among this module's resources. */
final class Script extends LoadableResource {

    private final String folder;
    private final String name;

    Script(String folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    String text() {
        try (InputStream bytes = Script.class.getResourceAsStream("/" + getAbsolutePath())) {
            if (bytes == null) {
                throw new IllegalStateException("The jar of this library lacks " + getAbsolutePath());
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flyway's own: CRC-32 over the bytes of the lines, without what ends them. */
    int checksum() {
        CRC32 sum = new CRC32();
        text().lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) sum.getValue();
    }

    @Override
    public Reader read() {
        return new StringReader(text());
    }

    @Override
    public String getAbsolutePath() {
        return folder + "/" + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return getAbsolutePath();
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}
