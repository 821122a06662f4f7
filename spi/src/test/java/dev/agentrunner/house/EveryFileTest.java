package dev.agentrunner.house;

import static java.util.regex.Pattern.compile;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every file that the project keeps, whatever its module. */
class EveryFileTest {

    private static final Path ROOT = Path.of("..");
    /** Folders that are made and not kept: see .gitignore. */
    private static final Set<String> MADE = Set.of(".git", ".idea", ".vscode", "target", "data", "dists");

    private static final int MAIN_LINES = 300;
    private static final int TEST_LINES = 400;
    private static final int MEDIAN_LINES = 80;

    /** A server's name, and a little of what is asked of it. */
    private static final Pattern HOST = compile(
            "(?<![\\w.@-])(?:[a-z0-9-]+\\.)+(?:com|org|net|io|dev|cloud|app|internal|local)\\b(?![.-]\\w)[^\\s\"'<>]{0,9}");

    private static final Pattern REGISTRY =
            compile("(?:^|[.-])(?:archive|artifactory|bintray|central|crates|deb|debian|"
                    + "docker|gcr|ghcr|jcenter|jitpack|maven|mirrors?|nexus|npm|npmjs|nuget|packages?|plugins|proxy|pypi|"
                    + "pythonhosted|quay|registry|repo[0-9]*|repository|rubygems|sonatype|ubuntu)[.-]");

    /** The namespaces of Maven's own files, and where Apache keeps what it has released. */
    private static final Pattern HARMLESS =
            compile("maven\\.apache\\.org/(?:POM|xsd)/.*|archive\\.apache\\.org/dist.*");

    private static final Pattern ADDRESS = compile("://(?!127\\.|0\\.0\\.0\\.0)[0-9]+(?:\\.[0-9]+){3}[^\\s\"'<>]*");

    private static final Pattern HOME =
            compile("(?<![\\w/.$}~-])/(?:home|root|work|Users)/[\\w.-]+|\\b[A-Z]:\\\\+Users\\\\+\\w+");

    @Test
    void no_file_names_a_registry_or_a_path_of_one_machine() throws IOException {
        for (Path file : kept()) {
            assertThat(strangers(Files.readString(file, StandardCharsets.ISO_8859_1)))
                    .as("what only some machines have, in " + file)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://repo1.maven.o#rg/maven2/x.jar",
                "<url>https://repo.maven.apache.o#rg/maven2</url>",
                "see central.sonatype.c#om for it",
                "npm --registry=https://registry.npmjs.o#rg/",
                "deb http://deb.debian.o#rg/debian stable main",
                "FROM ghcr.i#o/some/image",
                "https://nexus.example.c#om:8443/repository/all",
                "http://10.1.#2.3:8081/artifacts",
                "jdbc:sqlite:/ho#me/ann/x.db",
                "cd /ro#ot/project",
                "/wo#rk/main/core",
                "\"/Us#ers/ann/x\"",
                "C:\\\\Us#ers\\\\ann"
            })
    void a_registry_or_a_path_of_one_machine_is_noticed(String text) {
        // cut in two, as this file is one of those that are looked at
        assertThat(strangers(text.replace("#", ""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd",
                "https://archive.apache.org/dist/maven/maven-3",
                "https://www.apache.org/licenses/LICENSE-2.0.txt",
                "import org.apache.maven.plugins.Plugin;",
                "<groupId>io.zonky.test.postgres</groupId>",
                "http://127.0.0.1:5432/, http://localhost:11434",
                "$HOME/work/x, src/home/y, https://example.org/home/z"
            })
    void what_everybody_has_may_be_named(String text) {
        assertThat(strangers(text)).isEmpty();
    }

    @Test
    void java_files_are_short() throws IOException {
        List<Long> lengths = new ArrayList<>();
        for (Path file : kept()) {
            String name = file.toString().replace('\\', '/');
            if (name.endsWith(".java")) {
                boolean main = name.contains("/src/main/");
                long lines = lines(file);
                assertThat(lines).as("lines of " + file).isLessThanOrEqualTo(main ? MAIN_LINES : TEST_LINES);
                if (main) {
                    lengths.add(lines);
                }
            }
        }
        lengths.sort(null);
        assertThat(lengths.get(lengths.size() / 2)).as("median length").isLessThanOrEqualTo(MEDIAN_LINES);
    }

    private static Set<String> strangers(String text) {
        Set<String> found = new TreeSet<>();
        HOST.matcher(text)
                .results()
                .map(host -> host.group())
                .filter(host -> REGISTRY.matcher(host).find())
                .filter(host -> !HARMLESS.matcher(host).matches())
                .forEach(found::add);
        for (Pattern pattern : List.of(ADDRESS, HOME)) {
            pattern.matcher(text).results().forEach(match -> found.add(match.group()));
        }
        return found;
    }

    private static List<Path> kept() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return MADE.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).as("files of the project").hasSizeGreaterThan(300);
        return files;
    }

    private static long lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
