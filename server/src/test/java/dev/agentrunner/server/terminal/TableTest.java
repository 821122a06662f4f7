package dev.agentrunner.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TableTest {

    private final Table table = Table.of("id", "status", "name")
            .row(Cell.of("1"), Cell.status("COMPLETED"), Cell.of("first"))
            .row(Cell.of("22"), Cell.status("FAILED"), Cell.of(""));

    @Example
    void columns_are_as_wide_as_their_widest_cell_and_lines_end_with_text() {
        assertThat(table.lines(false)).containsExactly("ID  STATUS     NAME", "1   COMPLETED  first", "22  FAILED");
    }

    @Example
    void colours_change_nothing_else() {
        assertThat(table.lines(true)).anyMatch(line -> line.contains("\u001b[32mCOMPLETED\u001b[0m"));
        assertThat(table.lines(true).stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")))
                .containsExactlyElementsOf(table.lines(false));
    }

    @Property
    void no_text_of_others_makes_the_terminal_do_anything(@ForAll String text) {
        assertThat(Table.plain().row(Cell.of(text), Cell.of("x")).lines(true).toString())
                .doesNotContainPattern("[\\p{Cntrl}\u202e\u200b]");
        assertThat(Printable.lines(text)).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    }

    @Example
    void escapes_and_line_breaks_are_shown_and_not_obeyed() {
        assertThat(Printable.line("a\u001b[31mb\r\nc\td\u202e")).isEqualTo("a�[31mb ⏎ c d�");
    }

    @Example
    void durations_and_sizes_are_readable() {
        assertThat(Spans.of(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(Spans.of(Duration.ofMillis(59_999))).isEqualTo("59.9 s");
        assertThat(Spans.of(Duration.ofSeconds(125))).isEqualTo("2 m 5 s");
        assertThat(Spans.of(Duration.ofMinutes(125))).isEqualTo("2 h 5 m");
        assertThat(Spans.of(Duration.ofHours(50))).isEqualTo("2 d 2 h");
        assertThat(Spans.bytes(999)).isEqualTo("999 B");
        assertThat(Spans.bytes(1_500_000)).isEqualTo("1.5 MB");
        assertThat(Spans.bytes(3_000_000_000_000L)).isEqualTo("3.0 TB");
    }

    @Example
    void progress_is_shown_only_where_somebody_looks_and_leaves_nothing_behind() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(seen, true, StandardCharsets.UTF_8);
        Terminal nobody = new Terminal(stream, stream, false, false);
        nobody.progress("working");
        assertThat(seen.size()).isZero();

        Terminal somebody = new Terminal(stream, stream, true, false);
        somebody.progress("working");
        somebody.line("done");

        assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kworking\r\u001b[Kdone\n");
    }
}
