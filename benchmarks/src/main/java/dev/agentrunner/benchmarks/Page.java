package dev.agentrunner.benchmarks;

import dev.agentrunner.benchmarks.result.Chart;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The part of {@code docs/benchmarks.md} that figures are written into. */
final class Page {

    private static final String BEGIN = "<!-- figures: written by ./bench -->";
    private static final String END = "<!-- end of figures -->";

    private Page() {}

    static void write(Findings findings) throws IOException {
        Path docs = Path.of(System.getProperty("agent-runner.home", "."), "docs");
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        String figures = "\n" + machine() + "\n\n" + Report.goals(findings.goals()) + "\n"
                + "![Rates, by workload and engine](benchmarks.svg)\n\n" + Report.results(findings.results());
        Files.writeString(
                page,
                text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + figures + text.substring(text.indexOf(END)));
        Files.writeString(docs.resolve("benchmarks.svg"), Chart.of(findings.results(), "runs/s"));
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = !Files.exists(cpus)
                ? System.getProperty("os.arch")
                : Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .findFirst()
                        .orElse("unknown");
        return String.format(
                "%s, JDK %s, %d cores of a shared %s.",
                InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                model);
    }
}
