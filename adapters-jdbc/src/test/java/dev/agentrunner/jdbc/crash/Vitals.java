package dev.agentrunner.jdbc.crash;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a process holds.
 *
 * @param heap bytes in use after a collection
 */
record Vitals(long heap, int threads) {

    /** Of this process. */
    static Vitals now() {
        // The first lets go of what only the second one frees, such as what cleaners hold.
        System.gc();
        System.gc();
        return new Vitals(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** The file appears whole. */
    void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, heap + " " + threads);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Vitals read(Path file) throws IOException {
        String[] parts = Files.readString(file).split(" ");
        return new Vitals(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
        return heap / 1024 + " KiB, " + threads + " threads";
    }
}
