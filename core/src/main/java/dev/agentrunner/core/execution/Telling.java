package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.JsonCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.workflow.Notes.Level;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes notes out of what workflows tell. */
final class Telling {

    private static final int MAX_TEXT = 10_000;

    private Telling() {}

    static Note log(@Nullable StepId step, Level level, String message) {
        String text = message.length() <= MAX_TEXT ? message : message.substring(0, MAX_TEXT) + " …";
        return new Note.Log(step, level.name(), text);
    }

    static Note custom(@Nullable StepId step, String type, Object payload, JsonCodec codec) {
        EventType eventType = new EventType(type);
        if (!eventType.isCustom()) {
            throw new IllegalArgumentException("A workflow's own event type starts with 'x.': '" + type + "'");
        }
        Json json = codec.write(payload);
        if (!json.tree().isObject()) {
            throw new IllegalArgumentException("The payload of '" + type + "' must become a JSON object, not " + json);
        }
        return new Note.Other(eventType, step, json);
    }

    static ArtifactRow artifact(
            Kit kit, @Nullable StepId step, String name, String kind, String mediaType, InputStream bytes) {
        if (name.isEmpty() || name.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "An artifact's name has 1 to " + MAX_TEXT + " characters, not " + name.length());
        }
        Blob blob = kit.values().put(bytes);
        return new ArtifactRow(kit.ids().artifact(), step, name, kind, mediaType, blob);
    }

    /** Lists the bytes of a result that went to the artifact store, so that they are kept. */
    static List<Note> listing(Kit kit, @Nullable StepId step, Value value) {
        Blob stored = value.stored();
        if (stored == null) {
            return List.of();
        }
        String name = (step == null ? "output" : step.value()) + ".json";
        return List.of(new Note.ArtifactCreated(
                new ArtifactRow(kit.ids().artifact(), step, name, "result", "application/json", stored)));
    }
}
