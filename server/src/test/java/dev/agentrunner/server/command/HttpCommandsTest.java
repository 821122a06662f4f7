package dev.agentrunner.server.command;

import java.nio.file.Path;
import java.util.List;

class HttpCommandsTest extends CommandsContract {

    @Override
    List<String> place(String url, Path data) {
        return List.of("--url", url);
    }
}
