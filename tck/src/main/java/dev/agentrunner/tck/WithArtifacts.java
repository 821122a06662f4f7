package dev.agentrunner.tck;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Gives every test an empty artifact store, and takes it away afterwards. */
@Timeout(120)
abstract class WithArtifacts {

    private Optional<ArtifactStore> opened = Optional.empty();

    abstract ArtifactStoreContract adapter();

    @BeforeEach
    final void openStore() throws Exception {
        opened = Optional.of(adapter().open());
    }

    @AfterEach
    final void closeStore() throws Exception {
        opened.ifPresent(ArtifactStore::close);
        adapter().dispose();
    }

    final ArtifactStore store() {
        return opened.orElseThrow();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    final Blob put(byte[] bytes) throws IOException {
        return store().put(new ByteArrayInputStream(bytes));
    }

    final byte[] read(Blob blob) throws IOException {
        try (InputStream in = store().open(blob)) {
            return in.readAllBytes();
        }
    }

    final byte[] read(Blob blob, long offset, long length) throws IOException {
        try (InputStream in = store().open(blob, offset, length)) {
            return in.readAllBytes();
        }
    }
}
