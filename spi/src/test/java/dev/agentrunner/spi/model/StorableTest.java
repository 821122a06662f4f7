package dev.agentrunner.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Which texts every store can keep. */
class StorableTest {

    private static boolean survives(String text) {
        return text.indexOf(0) < 0
                && new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    @Property
    void a_text_is_taken_exactly_if_it_survives_utf8_without_nul(@ForAll String text) {
        if (survives(text)) {
            assertThat(Storable.text("it", text)).isEqualTo(text);
        } else {
            assertThatThrownBy(() -> Storable.text("it", text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void json_can_always_be_kept_and_means_the_same(@ForAll String text) {
        Json json = new Json(
                com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString());
        assertThat(survives(json.text())).isTrue();
        assertThat(json.tree().textValue()).isEqualTo(text);
    }

    @Property
    void json_that_can_be_kept_is_not_touched(@ForAll String text) {
        if (survives(text)) {
            assertThat(new Json(text).text()).isEqualTo(text);
        }
    }

    @Example
    void a_refusal_says_what_and_where() {
        assertThatThrownBy(() -> Storable.text("The queue's name", "a\uD83Db"))
                .hasMessage("The queue's name has a character that cannot be stored (U+D83D at 1); leave it out");
        assertThat(new Json("\"\uD83D\u0000\uD83D\uDE00\"").text()).isEqualTo("\"\\ud83d\\u0000\uD83D\uDE00\"");
    }
}
