package dev.agentrunner.jdbc.crash;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.Steps.StepBody;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The world outside: what bodies of steps really did, one file per process. Each line is one write to a file opened for
 * appending, so a process that is killed loses none that were written, and half a line at most.
 */
final class Ledger {

    /** What a line says about the body. */
    enum Mark {
        BEGIN,
        END,
        THROWN
    }

    /**
     * One line.
     *
     * @param at milliseconds since 1970, on the clock of this machine, which the databases use too
     */
    record Line(Mark mark, long at, long pid, String run, String step, int attempt) {

        static Line parse(String text) {
            String[] parts = text.split(" ", 6);
            return new Line(
                    Mark.valueOf(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts[3],
                    parts[5],
                    Integer.parseInt(parts[4]));
        }

        boolean begins() {
            return mark == Mark.BEGIN;
        }

        @Override
        public String toString() {
            return String.join(
                    " ", mark.name(), Long.toString(at), Long.toString(pid), run, Integer.toString(attempt), step);
        }
    }

    private final long pid = ProcessHandle.current().pid();

    /** No channel: one that a thread is interrupted on is closed for all. */
    private final FileOutputStream file;

    Ledger(Path folder) {
        try {
            Files.createDirectories(folder);
            file = new FileOutputStream(
                    folder.resolve("effects-" + pid + ".txt").toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body that leaves its marks here. */
    <T> StepBody<T> watching(RunId run, StepBody<T> body) {
        return step -> {
            write(Mark.BEGIN, run, step);
            try {
                T result = body.execute(step);
                write(Mark.END, run, step);
                return result;
            } catch (Exception e) {
                write(Mark.THROWN, run, step);
                throw e;
            }
        };
    }

    private void write(Mark mark, RunId run, StepContext step) throws IOException {
        Line line = new Line(
                mark, System.currentTimeMillis(), pid, run.toString(), step.id().value(), step.attempt());
        synchronized (this) {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** All whole lines of all processes, by time. */
    static List<Line> read(Path folder) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(f -> f.getFileName().toString().startsWith("effects-"))
                    .toList()) {
                String text = Files.readString(each);
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(Line::parse)
                        .forEach(lines::add);
            }
        }
        lines.sort(Comparator.comparingLong(Line::at));
        return lines;
    }
}
