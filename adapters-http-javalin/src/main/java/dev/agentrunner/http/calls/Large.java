package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values that are kept with the artifacts because of their size. */
record Large(ArtifactStore store) {

    /** A larger one is left for whoever downloads it. */
    private static final long MOST_INLINE = 1 << 20;

    /** Puts a value in place of the reference to it, or says which artifact it is. */
    void resolve(ObjectNode json, String name, @Nullable String step, List<ArtifactView> artifacts, boolean inline) {
        JsonNode reference = json.get(name + "_ref");
        if (!(reference instanceof ObjectNode ref)) {
            return;
        }
        ArtifactView found = artifacts.stream()
                .filter(each -> each.artifact().kind().equals("result")
                        && Objects.equals(step(each), step)
                        && each.artifact()
                                .blob()
                                .sha256()
                                .equals(ref.path("sha256").asText()))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return;
        }
        if (inline && found.artifact().blob().size() <= MOST_INLINE) {
            json.remove(name + "_ref");
            json.set(name, read(found));
        } else {
            ref.put("artifact_id", found.artifact().id().toString());
        }
    }

    private static @Nullable String step(ArtifactView view) {
        return view.artifact().step() == null ? null : view.artifact().step().value();
    }

    private JsonNode read(ArtifactView view) {
        try (InputStream in = store.open(view.artifact().blob())) {
            return Shown.tree(new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
