package dev.agentrunner.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.http.problem.Problem;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ByteRangeTest {

    @Property
    void a_range_lies_within_the_bytes(@ForAll String noise, @ForAll @LongRange(min = 0, max = 1_000) long size) {
        for (String header : new String[] {noise, "bytes=" + noise}) {
            assertWithin(header, size);
        }
    }

    @Property
    void what_is_asked_for_is_given(
            @ForAll @IntRange(max = 50) int from,
            @ForAll @IntRange(max = 50) int to,
            @ForAll @IntRange(max = 40) int size) {
        Optional<ByteRange> range = assertWithin("bytes=" + from + "-" + to, size);

        if (from <= to && from < size) {
            assertThat(range).contains(new ByteRange(from, Math.min(to, size - 1) - from + 1));
        } else {
            assertThat(range).isEmpty();
        }
        assertWithin("bytes=-" + to, size);
        assertWithin("bytes=" + from + "-", size);
    }

    private static Optional<ByteRange> assertWithin(String header, long size) {
        try {
            Optional<ByteRange> range = ByteRange.of(header, size);
            range.ifPresent(found -> assertThat(
                            found.offset() >= 0 && found.length() > 0 && found.offset() + found.length() <= size)
                    .as(header + " of " + size + ": " + found)
                    .isTrue());
            return range;
        } catch (Problem e) {
            assertThat(e.kind().status()).isEqualTo(416);
            return Optional.empty();
        }
    }
}
