package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class HintTextTest {

    private static final int LONGEST_NOTIFICATION = 7_999;

    private static Map<RunId, Long> runs(int count) {
        Map<RunId, Long> runs = new HashMap<>();
        for (int i = 0; i < count; i++) {
            runs.put(new RunId(new UUID(i, -i)), Long.MAX_VALUE - i);
        }
        return runs;
    }

    @Property
    void others_read_what_was_written(
            @ForAll @Size(max = 250) Map<Long, @LongRange(min = 1) Long> changed, @ForAll boolean ready) {
        Map<RunId, Long> runs = new HashMap<>();
        changed.forEach((id, seq) -> runs.put(new RunId(new UUID(id, ~id)), seq));

        List<Hint> hints = read(HintText.changed("you", runs, ready));

        assertThat(hints).hasSize(runs.size() + (ready ? 1 : 0));
        runs.forEach((run, seq) -> assertThat(hints).contains(new Hint.Changed(run, seq)));
        assertThat(hints.contains(new Hint.Ready())).isEqualTo(ready);
    }

    @Property
    void nobody_hears_himself(@ForAll @IntRange(max = 200) int count) {
        assertThat(HintText.changed("me", runs(count), true))
                .allSatisfy(text -> assertThat(HintText.parse("me", text)).isEmpty());
    }

    @Property(tries = 200)
    void too_many_runs_are_everything(@ForAll @IntRange(max = 2_000) int count) {
        List<String> texts = HintText.changed("0".repeat(36), runs(count), true);

        assertThat(texts).allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(LONGEST_NOTIFICATION));
        assertThat(read(texts).equals(List.of(new Hint.Lost()))).isEqualTo(count > HintText.MOST_RUNS);
    }

    private static List<Hint> read(List<String> texts) {
        return texts.stream()
                .flatMap(text -> HintText.parse("me", text).stream())
                .toList();
    }

    @Property
    void what_cannot_be_read_means_that_something_was_lost(@ForAll String noise) {
        assertThat(HintText.parse("me", "you|x|" + noise.replace("|", "") + "=?"))
                .containsExactly(new Hint.Lost());
        assertThat(HintText.parse("me", "you" + noise.replace("|", ""))).containsExactly(new Hint.Lost());
    }
}
