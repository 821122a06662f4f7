package dev.agentrunner.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The proxy Prism, which holds what passes against a document and refuses what is not as it says.
 *
 * <p>Its package comes from the registry that npm is set to.
 */
record Prism(Process process, URI uri, Path log) implements AutoCloseable {

    private static final List<String> COMMAND =
            List.of("npx", "--yes", "--prefer-offline", "@stoplight/prism-cli@5.14.2");
    private static final long PATIENCE_SECONDS = 120;

    /** Whether npm is installed, and has it. */
    static boolean isInstalled(Path folder) throws InterruptedException {
        try {
            return start(folder.resolve("version"), "--version").waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && Files.readString(folder.resolve("version")).contains("5.14.2");
        } catch (IOException e) {
            return false;
        }
    }

    /** Stands in front of a server. */
    static Prism before(URI server, Path document, Path folder) throws IOException {
        int port = freePort();
        Path log = folder.resolve("prism");
        Process process = start(
                log, "proxy", document.toString(), server.toString(), "--errors", "--host=127.0.0.1", "--port=" + port);
        Prism prism = new Prism(process, URI.create("http://127.0.0.1:" + port), log);
        try {
            prism.awaitListening();
        } catch (IOException | RuntimeException | Error e) {
            prism.close();
            throw e;
        }
        return prism;
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!said().contains("Prism is listening")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("Prism did not start: " + said());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What it has told so far. */
    String said() throws IOException {
        return Files.readString(log);
    }

    private static Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
