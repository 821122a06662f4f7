package dev.agentrunner.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux tells of processes. */
final class Processes {

    /** Fields of {@code /proc/PID/stat} after the name: utime, stime, cutime, cstime, in hundredths of a second. */
    private static final int UTIME = 11;

    private static final int MILLIS_PER_TICK = 10;

    private Processes() {}

    /** CPU of a process, of those it has started, and of those of them that are gone; 0 where nobody tells. */
    static long cpuMillisOfTree(long pid) {
        LongStream all = ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .mapToLong(ProcessHandle::pid);
        return all.map(Processes::ticks).sum() * MILLIS_PER_TICK;
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return LongStream.range(UTIME, UTIME + 4)
                    .map(i -> Long.parseLong(fields[(int) i]))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }
}
