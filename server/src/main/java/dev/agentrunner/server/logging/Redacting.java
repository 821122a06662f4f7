package dev.agentrunner.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of what another encoder makes. */
final class Redacting extends EncoderBase<ILoggingEvent> {

    private static final String REDACTED = "[redacted]";

    private final Encoder<ILoggingEvent> encoder;
    private final List<String> secrets;

    Redacting(Encoder<ILoggingEvent> encoder, Collection<String> secrets) {
        this.encoder = encoder;
        this.secrets = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    @Override
    public void start() {
        encoder.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = encoder.encode(event);
        if (secrets.isEmpty()) {
            return line;
        }
        String text = new String(line, StandardCharsets.UTF_8);
        for (String secret : secrets) {
            text = text.replace(secret, REDACTED);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
