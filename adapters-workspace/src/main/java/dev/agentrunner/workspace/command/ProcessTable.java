package dev.agentrunner.workspace.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processes of this machine, as {@code /proc} tells them (proc(5) of Linux). */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    /** More than the kernel gives to a process. */
    private static final int MOST_ENVIRONMENT = 8 << 20;

    /** {@code PF_KTHREAD} of the kernel's sources. */
    private static final long KERNEL_THREAD = 0x0020_0000;

    private ProcessTable() {}

    /**
     * A process.
     *
     * @param started when, in ticks since the machine started: a number that is used again has another time
     * @param dead whether it executes no program, as it has ended, or is a thread of the kernel
     */
    record Row(long pid, long parent, long started, boolean dead) {}

    /** The numbers of all processes. One that goes on in a new one, again and again, is among them once at least. */
    static Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    /** Null if there is no such process. */
    static @Nullable Row row(long pid) {
        try {
            String stat = new String(bytes(pid, "stat"), StandardCharsets.ISO_8859_1);
            // The name before may contain anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean kernels = (Long.parseLong(fields[6]) & KERNEL_THREAD) != 0;
            boolean dead = kernels || "ZX".contains(fields[0]);
            return new Row(pid, Long.parseLong(fields[1]), Long.parseLong(fields[19]), dead);
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether a process was started with a variable. */
    enum Carries {
        YES,
        NO,
        /** It has no environment, or none yet: it is becoming another program. */
        NOTHING
    }

    /** Whether a process was started with {@code NAME=value}; no, if that may not be known. */
    static Carries carries(long pid, String variable) {
        try {
            String environment = new String(bytes(pid, "environ"), StandardCharsets.ISO_8859_1);
            if (environment.isEmpty()) {
                return Carries.NOTHING;
            }
            return ("\0" + environment + "\0").contains("\0" + variable + "\0") ? Carries.YES : Carries.NO;
        } catch (IOException e) {
            return Carries.NO;
        }
    }

    private static byte[] bytes(long pid, String file) throws IOException {
        try (InputStream bytes = Files.newInputStream(PROC.resolve(pid + "/" + file))) {
            return bytes.readNBytes(MOST_ENVIRONMENT);
        }
    }
}
