package dev.agentrunner.benchmarks.alone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param feature such as 17
 */
record Jdk(Path home, int feature) {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** This one if it is new enough, else the newest that is found; this one if none is newer. */
    static Jdk atLeast(int wanted) throws IOException {
        Jdk own = new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
        if (own.feature() >= wanted) {
            return own;
        }
        try (Stream<Path> places = Stream.concat(
                System.getenv().entrySet().stream()
                        .filter(each -> each.getKey().startsWith("JAVA_HOME"))
                        .map(each -> Path.of(each.getValue())),
                installed())) {
            return places.flatMap(place -> at(place).stream())
                    .filter(jdk -> jdk.feature() >= wanted)
                    .max(Comparator.comparing(Jdk::feature))
                    .orElse(own);
        }
    }

    private static Stream<Path> installed() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(INSTALLED)) {
            return folders.toList().stream();
        }
    }

    private static Optional<Jdk> at(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() && Files.isExecutable(home.resolve(Path.of("bin", "java")))
                    ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
