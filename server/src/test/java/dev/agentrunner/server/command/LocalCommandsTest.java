package dev.agentrunner.server.command;

import java.nio.file.Path;
import java.util.List;

/** Beside a server that uses the same store. */
class LocalCommandsTest extends CommandsContract {

    @Override
    List<String> place(String url, Path data) {
        return List.of("--data", data.toString());
    }
}
