package dev.agentrunner.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The console's files: small, ours or vouched for, and nothing in them that the browser's policy would have to allow. */
class ConsoleFilesTest {

    private static final Path UI = Path.of("src/main/resources/dev/agentrunner/http/ui");
    private static final int MOST_BYTES = 150_000;
    private static final int MOST_LINES = 300;
    private static final Pattern VENDORED = Pattern.compile("\\| `([a-zA-Z.]+)` \\|.*\\| `([0-9a-f]{64})` \\|");

    @Test
    void all_of_it_is_under_150_kb_compressed() throws IOException {
        long sum = 0;
        for (Path file : files()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                Files.copy(file, out);
            }
            sum += bytes.size();
        }
        assertThat(sum).isBetween(10_000L, (long) MOST_BYTES);
    }

    @Test
    void what_others_wrote_is_what_vendored_md_says() throws Exception {
        Map<String, String> said = new TreeMap<>();
        Matcher matcher = VENDORED.matcher(Files.readString(UI.resolve("vendor/VENDORED.md")));
        while (matcher.find()) {
            said.put(matcher.group(1), matcher.group(2));
        }
        Map<String, String> found = new TreeMap<>();
        for (Path file : files()) {
            if (file.getParent().endsWith("vendor") && !file.endsWith("VENDORED.md")) {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                found.put(file.getFileName().toString(), HexFormat.of().formatHex(sum));
            }
        }
        assertThat(found).isEqualTo(said).hasSizeGreaterThan(5);
    }

    @Test
    void modules_are_short_and_never_make_markup_of_text() throws IOException {
        for (Path file : ours(".js")) {
            List<String> lines = Files.readAllLines(file);
            assertThat(lines.size()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES);
            assertThat(String.join("\n", lines))
                    .as(file.toString())
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function")
                    .doesNotContainPattern("style=\"|\\son[a-z]+=\"")
                    .doesNotContainPattern("(from|import) '(?!\\.)");
        }
    }

    @Test
    void the_page_has_no_script_or_style_of_its_own_and_names_no_other_server() throws IOException {
        String page = Files.readString(UI.resolve("index.html"));
        assertThat(page).doesNotContainPattern("<script>|<style|style=|\\son[a-z]+=|https?://");
        for (Path file : ours(".css")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern("@import|https?:|url\\(\"?[^#\"]");
        }
    }

    private static List<Path> ours(String ending) throws IOException {
        List<Path> found = files().stream()
                .filter(file ->
                        file.toString().endsWith(ending) && !file.getParent().endsWith("vendor"))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(UI)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
