package dev.agentrunner.jdbc.crash;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Starts worker processes, and makes that cheap: a JVM of which hundreds are killed soon after their start must not spend
 * its short life loading classes. They are loaded from an archive that a first, undisturbed worker wrote; archives want
 * jars, so folders of classes are packed first.
 */
final class Launcher {

    private static final List<String> UNWANTED = List.of(
            "junit",
            "jqwik",
            "assertj",
            "archunit",
            "opentest4j",
            "apiguardian",
            "surefire",
            "byte-buddy",
            "embedded-",
            "commons-",
            "xz-",
            "checker-",
            "error_prone",
            "maven-");
    private static final Duration TRAINING = Duration.ofSeconds(60);

    private final Target target;
    private final Path folder;
    private final Path archive;
    private final Path libraries;
    private final String classPath;
    private int started;

    /**
     * @param folder for ledgers, logs and everything else of the workers
     */
    Launcher(Target target, Path folder) {
        this.target = target;
        this.folder = folder;
        this.archive = folder.resolve("classes.jsa");
        this.libraries = folder.resolve("lib");
        this.classPath = classPath(folder.resolve("jars"));
        unpackSqlite();
    }

    /** Lets one worker do its work and end in peace; it leaves the archive of its classes behind. */
    void train(Target elsewhere) {
        List<String> command = command(
                elsewhere, folder.resolve("school"), "-XX:ArchiveClassesAtExit=" + archive, WorkerMain.TRAINING);
        try (WorkerProcess worker = new WorkerProcess(command, folder.resolve("training.log"))) {
            Patience.until("the training worker has ended", TRAINING, () -> !worker.isAlive());
        }
        if (!Files.exists(archive)) {
            throw new IllegalStateException("No archive of classes; see " + folder.resolve("training.log"));
        }
    }

    /**
     * Starts a worker.
     *
     * @param batch the runs that it submits
     */
    WorkerProcess start(int batch) {
        started++;
        return new WorkerProcess(
                command(target, folder, "-XX:SharedArchiveFile=" + archive, batch),
                folder.resolve("worker-" + started + ".log"));
    }

    Path folder() {
        return folder;
    }

    private List<String> command(Target where, Path ledger, String sharing, int batch) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                sharing,
                "-Djava.io.tmpdir=" + folder,
                "-Dorg.sqlite.lib.path=" + libraries,
                "-Dlogback.configurationFile=crash-worker-logback.xml",
                "-cp",
                classPath,
                WorkerMain.class.getName(),
                where.url(),
                ledger.toString(),
                Integer.toString(batch)));
    }

    /** Spares each worker from doing so, and the disk from what those that are killed leave behind. */
    private void unpackSqlite() {
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            Files.createDirectories(libraries);
            Files.copy(Objects.requireNonNull(library, name), libraries.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(Path jars) {
        Set<String> entries = new LinkedHashSet<>();
        for (Class<?> each : List.of(WorkerMain.class, dev.agentrunner.jdbc.SqliteStore.class)) {
            entries.add(rootOf(each));
        }
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            entries.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        List<String> wanted = new ArrayList<>();
        try {
            Files.createDirectories(jars);
            for (String each : entries) {
                Path path = Path.of(each);
                if (Files.isDirectory(path)) {
                    Path jar = jars.resolve(wanted.size() + ".jar");
                    pack(path, jar);
                    wanted.add(jar.toString());
                } else if (Files.exists(path)
                        && UNWANTED.stream().noneMatch(path.getFileName().toString()::contains)) {
                    wanted.add(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join(File.pathSeparator, wanted);
    }

    /** Where a class file lies, also when it was patched into a module. */
    private static String rootOf(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = type.getResource(type.getSimpleName() + ".class").toString();
        return Path.of(URI.create(url.substring(0, url.length() - name.length())))
                .toString();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile)
                    .filter(f -> !f.endsWith("module-info.class"))
                    .toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                try (InputStream in = Files.newInputStream(each)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
