package dev.agentrunner.core.live;

import dev.agentrunner.core.codec.SecretStream;
import dev.agentrunner.core.codec.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Shows the streams of one attempt without the secrets in them, also where they come in pieces. Thread-safe. */
public final class Screen {

    private final Secrets secrets;
    private final BiConsumer<String, String> out;
    private final Map<String, SecretStream> streams = new HashMap<>(); // guarded by this

    /** @param out takes a stream and a piece of it */
    public Screen(Secrets secrets, BiConsumer<String, String> out) {
        this.secrets = secrets;
        this.out = out;
    }

    public synchronized void show(String stream, String text) {
        streams.computeIfAbsent(stream, name -> secrets.stream(piece -> out.accept(name, piece)))
                .add(text);
    }

    /** Nothing follows. */
    public synchronized void end() {
        streams.values().forEach(SecretStream::end);
    }
}
