package dev.agentrunner.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.tck.ArtifactStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

final class FileArtifactStoreTest extends ArtifactStoreContract {

    @TempDir
    Path folder;

    @Override
    protected ArtifactStore open() {
        return FileArtifactStore.at(folder);
    }

    private Path file(Blob blob) {
        String sum = blob.sha256();
        return folder.resolve(sum.substring(0, 2)).resolve(sum.substring(2, 4)).resolve(sum);
    }

    @Override
    protected void corrupt(Blob blob) throws IOException {
        byte[] bytes = Files.readAllBytes(file(blob));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(blob), bytes);
    }

    @Override
    protected void shorten(Blob blob) throws IOException {
        byte[] bytes = Files.readAllBytes(file(blob));
        Files.write(file(blob), Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Override
    protected void lose(Blob blob) throws IOException {
        Files.delete(file(blob));
    }

    @Override
    protected void age(Duration by) throws IOException {
        for (Path file : files()) {
            try {
                FileTime put = Files.getLastModifiedTime(file);
                Files.setLastModifiedTime(file, FileTime.from(put.toInstant().minus(by)));
            } catch (NoSuchFileException e) {
                // a sweep beside this test has moved it
            }
        }
    }

    private List<Path> files() throws IOException {
        for (int tries = 0; ; tries++) {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("sweep.lock"))
                        .toList();
            } catch (UncheckedIOException e) {
                assertThat(tries).as("walks that a sweep got in the way of").isLessThan(100);
            }
        }
    }

    @Override
    protected void crashPut(byte[] half) throws IOException {
        Files.write(Files.createTempFile(folder.resolve("incoming"), "put", ".part"), half);
    }

    @Override
    protected long countStored() throws IOException {
        return files().size();
    }
}
