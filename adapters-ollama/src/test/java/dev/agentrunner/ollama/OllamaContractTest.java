package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.done;

import dev.agentrunner.ollama.fake.ChatLines;
import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.tck.ModelProviderContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class OllamaContractTest extends ModelProviderContract {

    private final FakeOllama server = FakeOllama.start();
    private final Ollama ollama = Ollama.at(server.uri());

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected ModelProvider provider() {
        return ollama;
    }

    private static String[] lines(List<Delta> deltas) {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.Thinking more
                        ? ChatLines.thinking(more.text())
                        : ChatLines.text(((Delta.Text) delta).text()))
                .toArray(String[]::new);
    }

    @Override
    protected void answers(List<Delta> deltas, Usage usage) {
        server.nextChat(Reply.ok(lines(deltas)).lines(done("stop", usage.inputTokens(), usage.outputTokens())));
    }

    @Override
    protected void stallsAfter(List<Delta> deltas) {
        server.nextChat(Reply.ok(lines(deltas)).stall(new Gate()));
    }

    @Override
    protected boolean failsAfter(List<Delta> deltas, Kind kind) {
        Reply reply = deltas.isEmpty() ? before(kind) : after(deltas, kind);
        if (reply != null) {
            server.nextChat(reply);
        }
        return reply != null;
    }

    private static @Nullable Reply before(Kind kind) {
        return switch (kind) {
            case CONNECTION -> Reply.nothing().reset();
            case OVERLOADED -> Reply.error(503, "server busy");
            case SERVER_ERROR -> Reply.error(500, "it broke");
            case MALFORMED -> Reply.ok("<html>");
            case MODEL_NOT_FOUND -> Reply.error(404, "model 'staged' not found");
            case UNAUTHORIZED -> Reply.error(401, "who are you");
            case BAD_REQUEST -> Reply.error(400, "no");
            case TIMEOUT, CANCELED -> null;
        };
    }

    private static @Nullable Reply after(List<Delta> deltas, Kind kind) {
        Reply begun = Reply.ok(lines(deltas));
        return switch (kind) {
            case CONNECTION -> begun.reset();
            case SERVER_ERROR -> begun.lines(ChatLines.error("it broke"));
            case MALFORMED -> begun.lines("{oops");
            default -> null;
        };
    }

    @Override
    protected void awaitGone() {
        if (server.untaken() > 0) {
            server.takeRequest().awaitGone();
        }
    }
}
