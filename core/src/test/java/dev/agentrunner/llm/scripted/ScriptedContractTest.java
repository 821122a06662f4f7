package dev.agentrunner.llm.scripted;

import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.tck.ModelProviderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

class ScriptedContractTest extends ModelProviderContract {

    private static final long NEVER = 3_600_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Interaction> staged = new ArrayList<>();
    private int played;

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** Each call plays the next of what was staged. */
    @Override
    protected ModelProvider provider() {
        Cassette rest = new Cassette(staged.subList(played, staged.size()));
        played++;
        return new ScriptedProvider("scripted", rest, 1, timer);
    }

    private void stage(List<Delta> deltas, Ending ending) {
        List<Chunk> chunks = deltas.stream().map(delta -> new Chunk(1, delta)).toList();
        staged.add(new Interaction(CassetteFormat.request(REQUEST), chunks, ending));
    }

    @Override
    protected void answers(List<Delta> deltas, Usage usage) {
        stage(deltas, new Ending(2, "staged", usage, FinishReason.STOP, null, ""));
    }

    @Override
    protected void stallsAfter(List<Delta> deltas) {
        stage(deltas, new Ending(NEVER, "staged", Usage.NONE, FinishReason.STOP, null, ""));
    }

    @Override
    protected boolean failsAfter(List<Delta> deltas, Kind kind) {
        stage(deltas, new Ending(2, null, Usage.NONE, FinishReason.OTHER, kind, "staged"));
        return true;
    }

    @Override
    protected void awaitGone() {}
}
