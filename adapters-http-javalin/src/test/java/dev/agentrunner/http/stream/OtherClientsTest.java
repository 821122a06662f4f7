package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that others wrote read the streams. */
class OtherClientsTest {

    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path PLACE = Path.of("target", "eventsource-js");

    private final InMemoryStore store = new InMemoryStore();
    private final Runs runs = new Runs(store);
    private final StreamServer server = StreamServer.start(
            store, new StreamOptions(10, Duration.ofSeconds(15), Duration.ofMillis(50), Duration.ofSeconds(60), 100));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void curl_prints_a_stream() throws Exception {
        assumeTrue(isInstalled("curl"), "curl is not installed");
        RunId run = runs.finished(RunStatus.COMPLETED);

        Running curl =
                Running.of("curl", "-sSN", "--noproxy", "*", server.stream(run).toString());

        assertThat(curl.output().replaceAll("data: \\{\"id\".*", "data: …"))
                .isEqualTo("retry: 2000\n\nid: 1\ndata: …\n\nid: 2\ndata: …\n\nid: 3\ndata: …\n\n"
                        + "event: end\ndata: {\"status\":\"COMPLETED\"}\n\n");
    }

    @Test
    void the_event_source_of_npm_comes_back_where_it_was_and_stops_after_the_end() throws Exception {
        assumeTrue(isInstalled("npm"), "npm is not installed");
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "follow.mjs")) {
            Files.copy(SOURCES.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Running.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline")
                .output();
        Claim claim = runs.running(Ids.node());

        Running client =
                Running.of("node", "follow.mjs", server.stream(claim.run()).toString());
        client.awaitSaid("seen 2");
        server.live.tell(new LiveEvent.Answering(claim.run(), new StepId("a"), 1, "m", new Delta.Text("x\r\ny")));
        runs.appended(runs.holding(claim).log("while connected"));
        client.awaitSaid("seen 3");
        server.revoke();
        Eventually.until("it is disconnected", () -> server.hub.clients() == 0);
        runs.appended(runs.holding(claim).log("while away"));
        server.allow();
        client.awaitSaid("seen 4");
        runs.appended(runs.finishing(claim, RunStatus.FAILED));

        assertThat(client.output())
                .isEqualTo("{\"ids\":[[\"1\",1],[\"2\",2],[\"3\",3],[\"4\",4],[\"5\",5]],\"live\":[\"x\\r\\ny\"],"
                        + "\"end\":{\"status\":\"FAILED\"},\"opened\":2}\n");
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

    /** A program under way. */
    private record Running(Process process, Path out, Path err) {

        static Running of(String... command) throws IOException {
            Files.createDirectories(PLACE);
            Path out = PLACE.resolve(command[0] + ".out");
            Path err = PLACE.resolve(command[0] + ".err");
            Process process = new ProcessBuilder(command)
                    .directory(PLACE.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Running(process, out, err);
        }

        void awaitSaid(String line) {
            Eventually.until(line, () -> {
                try {
                    return Files.readString(err).contains(line + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        String output() throws Exception {
            try {
                boolean ended = process.waitFor(1, TimeUnit.MINUTES);
                assertThat(ended && process.exitValue() == 0)
                        .as("%s %s", Files.readString(out), Files.readString(err))
                        .isTrue();
                return Files.readString(out);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
