package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.execution.Family;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.tck.fixture.Ids;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchersTest {

    private final Watchers watchers = new Watchers();
    private final List<String> told = new ArrayList<>();
    private final RunId one = Ids.run();
    private final RunId other = Ids.run();

    @Test
    void everybody_who_watches_a_run_is_told_of_it_until_they_close() {
        Family.Watch first = watchers.watch(one, () -> told.add("first"));
        Family.Watch second = watchers.watch(one, () -> told.add("second"));
        watchers.watch(other, () -> told.add("other"));
        watchers.changed(one);
        assertThat(told).containsExactly("first", "second");

        first.close();
        first.close();
        told.clear();
        watchers.changed(one);
        assertThat(told).containsExactly("second");

        second.close();
        told.clear();
        watchers.changed(one);
        assertThat(told).isEmpty();
        watchers.everythingChanged();
        assertThat(told).containsExactly("other");
    }
}
