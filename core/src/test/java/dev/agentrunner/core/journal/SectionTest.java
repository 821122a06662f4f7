package dev.agentrunner.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SectionTest {

    private final Section section = new Section();
    private final List<String> done = new ArrayList<>();

    @Test
    void what_is_to_be_done_afterwards_keeps_nobody_out() {
        section.within(() -> {
            section.within(() -> section.afterwards(() -> {
                CompletableFuture.runAsync(() -> section.within(() -> done.add("another thread")))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                done.add("afterwards");
            }));
            done.add("within");
        });
        assertThat(done).containsExactly("within", "another thread", "afterwards");
    }
}
