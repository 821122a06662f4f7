package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.http.view.ArtifactJson;
import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.http.view.RunJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.http.view.StepJson;
import dev.agentrunner.server.client.LocalBackend.Place;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What the store says.
 *
 * @param place what is read
 */
record LocalReads(Place place) implements Reads {

    /** Lists leave out what is longer. */
    private static final int BRIEF = 4_096;

    @Override
    public JsonNode run(String run) {
        return new RunJson(place.redact(), Integer.MAX_VALUE).of(view(run), Role.ADMIN);
    }

    private RunView view(String run) {
        RunId id = id(run);
        return place.store().catalog().run(id).orElseThrow(() -> new UnknownRunException(id));
    }

    /** As the contract has it, what cannot be an id is the id of no run. */
    static RunId id(String run) {
        try {
            return RunId.parse(run);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException("There is no run '" + run + "'; 'agent-runner ps' lists runs");
        }
    }

    @Override
    public JsonNode runs(RunQuery query) {
        RunJson json = new RunJson(place.redact(), BRIEF);
        Page<RunView> page = place.store().catalog().runs(query);
        return Shown.page(page.items(), view -> json.of(view, Role.ADMIN), page.nextCursor());
    }

    @Override
    public JsonNode steps(String run) {
        return Shown.items(place.store().catalog().steps(view(run).id()), StepJson::of);
    }

    @Override
    public JsonNode events(String run, long after, int limit) {
        RunView view = view(run);
        return Shown.items(place.log().read(view.id(), after, limit), LocalReads::shown)
                .put("head", view.lastSeq());
    }

    static JsonNode shown(Event event) {
        return Shown.tree(new Json(EventJson.of(event)));
    }

    @Override
    public JsonNode artifacts(String run) {
        return Shown.items(
                place.store().catalog().artifacts(view(run).id()), artifact -> ArtifactJson.of(artifact, ""));
    }

    @Override
    public InputStream download(String run, String artifact) {
        ArtifactView found = place.store()
                .catalog()
                .artifact(view(run).id(), ArtifactId.parse(artifact))
                .orElseThrow(() -> new NotFoundException("Run " + run + " has no artifact " + artifact
                        + "; 'agent-runner artifacts " + run + "' lists them"));
        try {
            return place.artifacts().open(found.artifact().blob());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The bytes of " + found.artifact().name() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
