package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.server.terminal.Terminal;
import dev.agentrunner.spi.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The command line, used as a person or a script does. */
final class Cli {

    private final Map<String, String> environment = new HashMap<>();
    private final Extension extension;
    private byte[] input = {};

    Cli(Extension extension) {
        this.extension = extension;
    }

    /** What one use of it gave. */
    record Answer(int code, String out, String err) {

        JsonNode json() {
            return Json.parse(out).tree();
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli typing(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Answer run(String... arguments) {
        return run(false, arguments);
    }

    /** On a terminal that shows colours and progress. */
    Answer onTerminal(String... arguments) {
        return run(true, arguments);
    }

    private Answer run(boolean interactive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                interactive);
        Session session = new Session(
                terminal,
                new Session.Surroundings(
                        environment, new Properties(), ZoneOffset.UTC, new ByteArrayInputStream(input)),
                List.of(extension));
        int code = CommandLines.of(session).execute(new ArrayList<>(List.of(arguments)).toArray(String[]::new));
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
