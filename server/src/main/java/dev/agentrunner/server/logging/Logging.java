package dev.agentrunner.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Collection;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Logs to the standard error stream: what went wrong, until {@link #configure} asks for more. Found by Logback, which
 * needs no file therefore.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg %kvp%n";

    /** Which loggers are loud about what nobody needs. */
    private static final List<String> LOUD =
            List.of("org.eclipse.jetty", "com.zaxxer.hikari", "org.flywaydb", "com.networknt");

    /** Says in several lines what the server says itself in one: that it cannot listen. */
    private static final String JAVALIN = "io.javalin.Javalin";

    /** How a line is written. */
    public enum Format {
        TEXT,
        JSON
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, Level.WARN, Format.TEXT, List.of());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Logs from now on so.
     *
     * @param level such as {@code info}
     * @param secrets values that never appear in it
     */
    public static void configure(String level, Format format, Collection<String> secrets) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        apply(context, Level.toLevel(level), format, secrets);
    }

    private static void apply(LoggerContext context, Level level, Format format, Collection<String> secrets) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        Redacting encoder = new Redacting(format == Format.JSON ? json() : text(context), secrets);
        encoder.setContext(context);
        encoder.start();
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(stderr);
        context.getLogger(JAVALIN).setLevel(Level.OFF);
        if (!level.isGreaterOrEqual(Level.WARN)) {
            LOUD.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        }
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
