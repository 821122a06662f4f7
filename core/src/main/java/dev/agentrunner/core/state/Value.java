package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Json;
import org.jspecify.annotations.Nullable;

/** A recorded JSON value: in the log itself, or, when it is large, in the artifact store. */
public record Value(@Nullable Json inline, @Nullable Blob stored) {

    /** The JSON value {@code null}. */
    public static final Value NULL = new Value(Json.NULL, null);

    public Value {
        if ((inline == null) == (stored == null)) {
            throw new IllegalArgumentException("A value is either inline or stored");
        }
    }

    public static Value inline(Json json) {
        return new Value(json, null);
    }

    public static Value stored(Blob blob) {
        return new Value(null, blob);
    }
}
