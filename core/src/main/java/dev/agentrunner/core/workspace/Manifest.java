package dev.agentrunner.core.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.workspace.FileEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a workspace at one moment, and where their bytes are kept. Recorded as JSON: <code>{"files": [{"path",
 * "mode", "size", "sha256", "uri"}]}</code>. Immutable.
 *
 * @param files sorted by path
 */
record Manifest(List<StoredFile> files) {

    static final Manifest EMPTY = new Manifest(List.of());

    Manifest {
        files = List.copyOf(files);
    }

    /** A file and where its bytes are kept. */
    record StoredFile(String path, int mode, long size, String sha256, String uri) {

        static StoredFile of(FileEntry found, Blob bytes) {
            return new StoredFile(found.path(), found.mode(), bytes.size(), bytes.sha256(), bytes.uri());
        }

        FileEntry entry() {
            return new FileEntry(path, mode, size, sha256);
        }

        Blob blob() {
            return new Blob(size, sha256, uri);
        }

        boolean isAt(@Nullable StoredFile other) {
            return other != null && other.mode == mode && other.sha256.equals(sha256);
        }
    }

    /** The engine's own form, whatever the application's values look like. */
    Json json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode all = root.putArray("files");
        for (StoredFile file : files) {
            all.addObject()
                    .put("path", file.path())
                    .put("mode", file.mode())
                    .put("size", file.size())
                    .put("sha256", file.sha256())
                    .put("uri", file.uri());
        }
        return new Json(root.toString());
    }

    static Manifest read(Json json) {
        List<StoredFile> files = new ArrayList<>();
        for (JsonNode file : json.tree().path("files")) {
            files.add(new StoredFile(
                    file.path("path").asText(),
                    file.path("mode").asInt(),
                    file.path("size").asLong(),
                    file.path("sha256").asText(),
                    file.path("uri").asText()));
        }
        return new Manifest(files);
    }

    Map<String, StoredFile> byPath() {
        Map<String, StoredFile> all = new LinkedHashMap<>();
        files.forEach(file -> all.put(file.path(), file));
        return all;
    }

    List<FileEntry> entries() {
        return files.stream().map(StoredFile::entry).toList();
    }
}
