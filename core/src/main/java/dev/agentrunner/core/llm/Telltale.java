package dev.agentrunner.core.llm;

import dev.agentrunner.core.codec.SecretStream;
import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.ToolCall;
import java.util.function.Consumer;

/** Passes the pieces of one answer on without the secrets in it. Thread-safe. */
final class Telltale {

    private final Secrets secrets;
    private final Consumer<Delta> out;
    private final SecretStream text; // guarded by this
    private final SecretStream thinking; // guarded by this

    Telltale(Secrets secrets, Consumer<Delta> out) {
        this.secrets = secrets;
        this.out = out;
        this.text = secrets.stream(piece -> out.accept(new Delta.Text(piece)));
        this.thinking = secrets.stream(piece -> out.accept(new Delta.Thinking(piece)));
    }

    synchronized void tell(Delta delta) {
        if (delta instanceof Delta.Text more) {
            thinking.pause();
            text.add(more.text());
        } else if (delta instanceof Delta.Thinking more) {
            text.pause();
            thinking.add(more.text());
        } else if (delta instanceof Delta.Call call) {
            thinking.pause();
            text.pause();
            ToolCall asked = call.call();
            out.accept(new Delta.Call(new ToolCall(asked.id(), asked.name(), secrets.redact(asked.arguments()))));
        } else {
            out.accept(delta);
        }
    }

    /** The answer is complete. */
    synchronized void end() {
        thinking.end();
        text.end();
    }
}
