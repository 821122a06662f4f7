package dev.agentrunner.yaml.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Whatever happens to a file, it is read or refused, soon. A failing try is repeated by its seed. */
@Tag("random")
class DamagedFilesTest {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final List<String> PIECES = List.of(
            "\t",
            "\n",
            "\r",
            " ",
            ":",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "{{",
            "}}",
            "'",
            "\"",
            "|",
            ">",
            "#",
            "&a ",
            "*a ",
            "!!str ",
            "!x ",
            "? ",
            "<<: ",
            "%",
            "@",
            "`",
            "\\",
            "---\n",
            "...\n",
            "~",
            "null",
            "0x",
            "1e9",
            "\uD800",
            "\uDC00",
            "\u0000",
            "\uFEFF",
            "😀",
            "$ref: '#'\n",
            "/",
            "*",
            "$",
            "name",
            "steps",
            "input");

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void a_damaged_file_is_read_or_refused(@ForAll Random random) {
        String name = Files.GOOD.get(random.nextInt(Files.GOOD.size()));
        StringBuilder text = new StringBuilder(Files.good(name));
        int damages = 1 + random.nextInt(5);
        for (int i = 0; i < damages && text.length() > 0; i++) {
            damage(text, random);
        }
        readsOrRefuses(name, text.toString());
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void pieces_of_yaml_in_any_order_are_read_or_refused(@ForAll Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        readsOrRefuses(random.nextBoolean() ? "f.yaml" : "f.json", text.toString());
    }

    private static void damage(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 6));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
            case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
            default -> text.setLength(at);
        }
    }

    private static void readsOrRefuses(String name, String text) {
        long begin = System.nanoTime();
        try {
            assertThat(new DefinitionReader(Files.HOST).read(name, text)).isNotNull();
        } catch (WorkflowFileException e) {
            int lines = (int) text.lines().count() + 1;
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> isInFile(problem, lines));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    private static void isInFile(Problem problem, int lines) {
        assertThat(problem.line()).isBetween(1, lines);
        assertThat(problem.column()).isPositive();
        assertThat(problem.message())
                .isNotBlank()
                .doesNotContain("null pointer")
                .doesNotContain("\n");
    }
}
