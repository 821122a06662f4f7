package dev.agentrunner.engine.prefix;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One node that executes a program, and the people outside who answer its runs. */
final class Life implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final RunQuery UNDER_WAY =
            RunQuery.ALL.statuses(RunStatus.RUNNING).page(new PageRequest(PageRequest.MAX_LIMIT, null));

    private final Program program;
    private final Player player;
    private final AgentRunner runner;
    private final Map<RunId, Long> lookedAt = new HashMap<>();

    Life(Store store, Program program, Witness witness) {
        this.program = program;
        this.player = new Player(program, witness);
        this.runner = AgentRunner.builder()
                .store(store)
                .workflow(player.workflow())
                .heartbeat(Duration.ofMillis(20), Duration.ofMinutes(10))
                .spillBytes(Player.SPILL_BYTES)
                .build();
    }

    RunId submit() {
        RunHandle run = runner.submit(player.workflow(), 0);
        for (long i = 0; i < program.early(); i++) {
            run.signal(Player.SIGNAL, "gone");
        }
        return run.id();
    }

    /** Waits until all of these have ended, and answers what is waited for; those that did not end in time. */
    List<RunId> awaitEnd(Collection<RunId> runs) throws InterruptedException {
        Map<RunId, CompletableFuture<RunStatus>> under = new HashMap<>();
        runs.forEach(run -> under.put(run, runner.handle(run).ended()));
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!under.isEmpty() && System.nanoTime() < end) {
            runner.store().catalog().runs(UNDER_WAY).items().stream()
                    .filter(this::isNewlyWaiting)
                    .forEach(this::answer);
            never.await(3, TimeUnit.MILLISECONDS);
            under.values().removeIf(CompletableFuture::isDone);
        }
        return List.copyOf(under.keySet());
    }

    private boolean isNewlyWaiting(RunView run) {
        Long before = lookedAt.put(run.id(), run.lastSeq());
        return run.state().waiting() != null && (before == null || before != run.lastSeq());
    }

    private void answer(RunView view) {
        RunHistory history = RunHistory.of(runner.store().log().read(view.id(), 0, Integer.MAX_VALUE));
        if (history.run().suspension() == null) {
            return;
        }
        for (String name : history.run().suspension().signals()) {
            if (!name.equals(Player.NO_SIGNAL) && history.signal(name).isEmpty()) {
                Object answer = name.equals(Player.SIGNAL) ? "gone" : Map.of("approved", true);
                runner.handle(view.id()).signal(name, answer);
            }
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
