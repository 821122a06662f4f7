package dev.agentrunner.ollama.fake;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client that Ollama publishes for JavaScript finds in the fake server what it expects of the real one. */
class NpmClientTest {

    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path PLACE = Path.of("target", "ollama-js");

    @Test
    void the_official_client_understands_the_fake_server() throws Exception {
        assumeTrue(isInstalled("npm"), "npm is not installed");
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "drive.mjs")) {
            Files.copy(SOURCES.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline");
        JsonNode seen;
        try (FakeOllama server = FakeOllama.start()) {
            server.nextChat(Reply.ok(
                    ChatLines.thinking("Hm."),
                    ChatLines.text("Grüße, "),
                    ChatLines.text("Welt"),
                    ChatLines.call("c1", "search", "{\"q\":\"a\"}"),
                    ChatLines.done()));
            server.nextChat(Reply.status(
                    200,
                    Map.of(),
                    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"once more\"},\"done\":true}"));
            server.nextChat(Reply.error(404, "model 'none' not found"));
            server.nextChat(Reply.ok(ChatLines.text("half ")).stall(new Gate()).lines(ChatLines.done()));

            seen = new ObjectMapper()
                    .readTree(run("node", "drive.mjs", server.uri().toString(), MODEL));

            Request aborted = null;
            while (server.untaken() > 0) {
                aborted = server.takeRequest();
            }
            assertThat(aborted).isNotNull();
            aborted.awaitGone();
        }
        assertThat(seen.toString())
                .isEqualTo(("{'chat':{'text':'Grüße, Welt','thinking':'Hm.','calls':[{'id':'c1','function':"
                                + "{'index':0,'name':'search','arguments':{'q':'a'}}}],'reason':'stop','tokens':298,"
                                + "'nanos':5589157167},"
                                + "'whole':'once more',"
                                + "'generate':['one ','two',''],"
                                + "'embed':[[1,0.5,-0.25],[3,0.5,-0.25]],"
                                + "'list':[{'name':'qwen3:4b','size':2019377664}],"
                                + "'show':['completion','thinking','tools'],"
                                + "'ps':[{'name':'qwen3:4b','size_vram':1009688832}],"
                                + "'pull':['pulling manifest','pulling abababababab','pulling abababababab',"
                                + "'pulling abababababab','verifying sha256 digest','writing manifest','success'],"
                                + "'pullWhole':'success',"
                                + "'missing':{'status':404,'message':'model #none# not found'},"
                                + "'abort':{'text':'half ','error':'AbortError'}}")
                        .replace('\'', '"')
                        .replace('#', '\''));
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws Exception {
        Path errors = PLACE.resolve(command[0] + ".log");
        Path output = PLACE.resolve(command[0] + ".out");
        Process process = new ProcessBuilder(command)
                .directory(PLACE.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            String said = Files.readString(output);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s %s", command[0], said, Files.readString(errors))
                    .isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
