package dev.agentrunner.ollama.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.llm.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class LineSplitterTest {

    private final LineSplitter splitter = new LineSplitter();
    private final List<String> lines = new ArrayList<>();

    @Property
    void lines_are_the_same_however_their_bytes_are_chunked(
            @ForAll @Size(max = 8) List<String> texts, @ForAll @Size(max = 8) List<Integer> cuts) {
        // one instance serves all tries
        lines.clear();
        byte[] bytes = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
        int at = 0;
        for (int cut : cuts) {
            int length = Math.floorMod(cut, bytes.length - at + 1);
            splitter.feed(ByteBuffer.wrap(bytes, at, length), this::add);
            at += length;
        }
        splitter.feed(ByteBuffer.wrap(bytes, at, bytes.length - at), this::add);
        splitter.end(this::add);

        List<String> expected = new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)));
        if (expected.get(expected.size() - 1).isEmpty()) {
            expected.remove(expected.size() - 1);
        }
        assertThat(lines).isEqualTo(expected);
    }

    @Example
    void the_longest_line_is_accepted_and_a_longer_one_is_not() {
        splitter.feed(ByteBuffer.wrap(new byte[LineSplitter.LONGEST]), this::add);
        splitter.feed(ByteBuffer.wrap(new byte[] {'\n'}), this::add);
        assertThat(lines).hasSize(1);

        splitter.feed(ByteBuffer.wrap(new byte[LineSplitter.LONGEST]), this::add);
        assertThatThrownBy(() -> splitter.feed(ByteBuffer.wrap(new byte[] {'x'}), this::add))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MALFORMED));
    }

    private void add(byte[] line) {
        lines.add(new String(line, StandardCharsets.UTF_8));
    }
}
