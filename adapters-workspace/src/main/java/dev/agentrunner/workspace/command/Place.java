package dev.agentrunner.workspace.command;

import dev.agentrunner.workspace.files.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command has outside of the workspace: its captured output, and a directory for temporary files. */
record Place(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    static Place in(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Place place = new Place(Files.createTempDirectory(folder, "command-"));
        Files.createDirectory(place.temporary());
        return place;
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String name() {
        return folder.getFileName().toString();
    }

    void delete() {
        try {
            Trash.purge(folder);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("What a command left behind stays");
        }
    }
}
