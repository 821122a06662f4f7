package dev.agentrunner.server.command;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;

/** Hands a parsed option's value over. */
record Setter<T>(Consumer<@Nullable T> taking) implements ISetter {

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <V> @Nullable V set(V value) {
        taking.accept((T) value);
        return null;
    }
}
