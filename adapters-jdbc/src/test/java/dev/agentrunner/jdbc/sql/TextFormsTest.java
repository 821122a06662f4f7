package dev.agentrunner.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.RunId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class TextFormsTest {

    @Property
    void labels_come_back_as_they_were(@ForAll Map<String, String> labels) {
        assertThat(Labels.parse(Labels.format(labels))).isEqualTo(labels);
    }

    @Property
    void usage_as_text_adds_up_to_the_last_digit(
            @ForAll @Size(min = 1, max = 5) List<@LongRange(min = 0, max = 1L << 60) Long> tokens,
            @ForAll @BigRange(min = "0", max = "1000000") @Scale(20) BigDecimal cost) {
        String text = tokens.stream()
                .map(n -> "1 " + n + " 2 " + cost.toPlainString())
                .collect(Collectors.joining(","));
        BigDecimal count = BigDecimal.valueOf(tokens.size());
        assertThat(UsageText.parse(text))
                .isEqualTo(new Spending(
                        tokens.size(),
                        new Usage(tokens.stream().mapToLong(Long::longValue).sum(), 2L * tokens.size()),
                        cost.multiply(count)));
    }

    @Example
    void usage_without_a_price_costs_nothing_that_is_known() {
        assertThat(UsageText.parse(null)).isEqualTo(Spending.NONE);
        assertThat(UsageText.parse("1 2 3 -,4 5 6 -")).isEqualTo(new Spending(5, new Usage(7, 9), null));
    }

    @Property
    void a_cursor_leads_back_to_its_run(@ForAll long high, @ForAll long low) {
        RunId run = new RunId(new UUID(high, low));
        assertThat(Cursors.run(Cursors.after(run))).isEqualTo(run);
    }

    @Property
    void any_other_text_is_no_cursor(@ForAll String text) {
        assertThatThrownBy(() -> Cursors.run(text)).isInstanceOf(InvalidCursorException.class);
    }

    @Property
    void a_cursor_with_one_character_changed_is_another_run_or_none(@ForAll long high, @ForAll char other) {
        RunId run = new RunId(new UUID(high, 0));
        String cursor = Cursors.after(run);
        String changed = other + cursor.substring(1);
        if (!changed.equals(cursor)) {
            assertThatThrownBy(() -> Cursors.run(changed)).isInstanceOf(InvalidCursorException.class);
        }
    }
}
