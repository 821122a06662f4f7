package dev.agentrunner.benchmarks.http;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The program wrk. */
record Wrk() implements Load {

    /** The last line of its report, for this program. */
    private static final String MARK = "figures ";

    private static final String SCRIPT = """
            %s
            done = function(summary, latency)
              local e = summary.errors
              io.write(string.format("%s%%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
                latency:percentile(50), latency:percentile(99), latency.max,
                e.connect + e.read + e.write + e.timeout + e.status))
            end
            """;

    private static final String POST = """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = [==[%s]==]""";

    static boolean isInstalled() throws InterruptedException {
        try {
            new ProcessBuilder("wrk", "--version")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "wrk";
    }

    @Override
    public Figures on(Target target, int connections, Duration time) throws IOException, InterruptedException {
        Path script = Files.createTempFile("agent-runner-bench", ".lua");
        try {
            Files.writeString(script, SCRIPT.formatted(target.posts() ? POST.formatted(target.body()) : "", MARK));
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t2",
                            "-c" + connections,
                            "-d" + time.toSeconds() + "s",
                            "--timeout=10s",
                            "--script=" + script,
                            target.uri().toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (wrk.waitFor() != 0 || !said.contains(MARK)) {
                throw new IOException("wrk failed: " + said);
            }
            return figures(said.substring(said.lastIndexOf(MARK) + MARK.length()));
        } finally {
            Files.delete(script);
        }
    }

    /** Requests, and microseconds. */
    private static Figures figures(String line) {
        long[] n = Arrays.stream(line.strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Figures(n[0] * 1e6 / n[1], n[2] / 1e3, n[3] / 1e3, n[4] / 1e3, n[5]);
    }
}
