package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import java.util.function.Consumer;

/** Code of callers that is told something in the middle of a stream. */
public final class Listeners {

    private Listeners() {}

    /** The same, with whatever else than {@link ModelException} it throws as {@code CANCELED}: it was somebody here who ended the stream. */
    public static <E> Consumer<E> guarded(Consumer<E> listener) {
        return news -> {
            try {
                listener.accept(news);
            } catch (ModelException e) {
                throw e;
            } catch (Throwable e) {
                throw new ModelException(
                        ModelException.Kind.CANCELED, "It was ended here, because what listened to it failed: " + e, e);
            }
        };
    }
}
