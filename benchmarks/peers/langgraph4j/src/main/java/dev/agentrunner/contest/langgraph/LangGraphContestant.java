package dev.agentrunner.contest.langgraph;

import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Pool;
import dev.agentrunner.contest.Waiting;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;

/**
 * A graph with one node per step, one after the other; each run is a thread of it, and a checkpoint with the results so far is
 * saved at the start and after each node. It holds a thread of the JVM while it runs; there is no queue, and nobody who takes over.
 */
final class LangGraphContestant implements Contestant {

    private final HikariDataSource pool;
    private final Waiting waiting;
    private final CompiledGraph<AgentState> graph;

    LangGraphContestant(Place place) throws GraphStateException {
        pool = Pool.of(place);
        waiting = new Waiting(place.atOnce());
        StateGraph<AgentState> steps = new StateGraph<>(AgentState::new);
        String before = StateGraph.START;
        for (int i = 0; i < place.steps(); i++) {
            int at = i;
            String name = "step" + i;
            steps.addNode(
                    name,
                    node_async(state -> Map.of(
                            name, place.body().run(state.<String>value("input").orElseThrow(), at))));
            steps.addEdge(before, name);
            before = name;
        }
        steps.addEdge(before, StateGraph.END);
        graph = steps.compile(CompileConfig.builder()
                .checkpointSaver(new RowSaver(pool, steps.getStateSerializer()))
                .releaseThread(true)
                .build());
    }

    @Override
    public void start() {
        // a graph runs when it is called
    }

    @Override
    public CompletionStage<?> run(String input) {
        RunnableConfig thread =
                RunnableConfig.builder().threadId(UUID.randomUUID().toString()).build();
        return waiting.until(() -> graph.invoke(Map.of("input", input), thread));
    }

    @Override
    public void enqueue(List<String> inputs) {
        throw new UnsupportedOperationException("LangGraph4j has no queue");
    }

    @Override
    public long ended() {
        throw new UnsupportedOperationException("LangGraph4j does not say in its checkpoints which runs have ended");
    }

    @Override
    public String grade() {
        return "every step, by a plain saver of ours; no recovery";
    }

    @Override
    public void close() {
        waiting.close();
        pool.close();
    }
}
