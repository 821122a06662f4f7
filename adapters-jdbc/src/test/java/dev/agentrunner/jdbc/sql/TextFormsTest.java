package dev.agentrunner.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.model.RunId;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextFormsTest {

    @Property
    void labels_come_back_as_they_were(@ForAll Map<String, String> labels) {
        assertThat(Labels.parse(Labels.format(labels))).isEqualTo(labels);
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
