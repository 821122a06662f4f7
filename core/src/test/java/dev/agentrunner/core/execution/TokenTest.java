package dev.agentrunner.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TokenTest {

    private final Token token = new Token();
    private final List<String> done = new ArrayList<>();

    @Test
    void nothing_happens_before_the_request() {
        token.onRequest(() -> done.add("one"));

        assertThat(token.isRequested()).isFalse();
        assertThatCode(token::throwIfRequested).doesNotThrowAnyException();
        assertThat(done).isEmpty();
    }

    @Test
    void what_is_to_be_done_is_done_once_in_order_and_at_once_if_it_comes_late() {
        token.onRequest(() -> done.add("one"));
        token.onRequest(() -> done.add("two"));
        token.request();
        token.request();
        token.onRequest(() -> done.add("three"));

        assertThat(token.isRequested()).isTrue();
        assertThatThrownBy(token::throwIfRequested).isInstanceOf(CancellationException.class);
        assertThat(done).containsExactly("one", "two", "three");
    }

    @Test
    void an_action_that_fails_keeps_nothing_else_from_being_done() {
        token.onRequest(() -> {
            throw new IllegalStateException("broken");
        });
        token.onRequest(() -> {
            throw new AssertionError("broken, too");
        });
        token.onRequest(() -> done.add("last"));
        token.request();

        assertThat(done).containsExactly("last");
    }

    @Test
    void an_action_may_look_at_the_request_that_it_answers() {
        token.onRequest(() -> {
            assertThat(token.isRequested()).isTrue();
            token.request();
            token.onRequest(() -> done.add("within"));
        });
        token.request();

        assertThat(done).containsExactly("within");
    }
}
