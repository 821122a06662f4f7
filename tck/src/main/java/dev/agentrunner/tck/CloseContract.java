package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.tck.fixture.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Closing a store.
 *
 * <p>On failure look for a commit whose future nobody completes any more: its run would wait for ever.
 */
abstract class CloseContract extends WithStore {

    /** Closing is part of every clean stop and may happen twice. */
    @Test
    void closing_again_does_nothing() {
        store().close();
        store().close();
        assertThat(store().describe()).isNotBlank();
    }

    /** The writer must learn that nothing was written. */
    @Test
    void a_closed_store_refuses_commits() {
        var commit = runs().creating(Ids.run(), runs().spec()).commit();
        store().close();
        assertThatThrownBy(() -> store().log().append(commit).get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreClosedException.class);
    }

    /** Every commit that was handed over is either durable or refused by the closing. */
    @Test
    void inv03_commits_under_way_are_settled() throws Exception {
        List<CompletableFuture<AppendOutcome>> underWay = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            underWay.add(store().log()
                    .append(runs().creating(Ids.run(), runs().spec())
                            .ready(Ready.never())
                            .commit()));
        }
        store().close();
        for (CompletableFuture<AppendOutcome> one : underWay) {
            try {
                assertThat(one.get(60, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StoreClosedException.class);
            }
        }
        var late = runs().creating(Ids.run(), runs().spec()).commit();
        assertThat(store().log().append(late)).isCompletedExceptionally();
    }
}
