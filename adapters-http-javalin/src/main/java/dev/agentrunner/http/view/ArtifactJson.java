package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.ArtifactRow;

/** Artifacts. */
public final class ArtifactJson {

    private ArtifactJson() {}

    /**
     * One of them.
     *
     * @param base where the API is mounted
     */
    public static ObjectNode of(ArtifactView view, String base) {
        ArtifactRow artifact = view.artifact();
        ObjectNode json = Shown.object()
                .put("id", artifact.id().toString())
                .put("run_id", view.run().toString());
        Shown.put(json, "step_id", artifact.step());
        return json.put("name", artifact.name())
                .put("kind", artifact.kind())
                .put("media_type", artifact.mediaType())
                .put("size", artifact.blob().size())
                .put("sha256", artifact.blob().sha256())
                .put("uri", base + "/runs/" + view.run() + "/artifacts/" + artifact.id() + "/download")
                .put("created_at", Shown.time(view.createdAt()));
    }
}
