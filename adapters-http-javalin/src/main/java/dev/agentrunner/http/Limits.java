package dev.agentrunner.http;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;

/**
 * What a client may take of a server of its own, and how it is told that it took too much.
 *
 * @param idle how long a connection may be silent
 * @param leastRate how many bytes of a body come in a second, at least
 */
record Limits(Duration idle, long leastRate) {

    static final Limits DEFAULT = new Limits(Duration.ofMinutes(1), 100);

    private static final int HEAD_BYTES = 16 << 10;

    /** Ids of steps have slashes in them, and with them the names of the signals that they wait for. */
    private static final UriCompliance PATHS = UriCompliance.RFC3986.with(
            "agent-runner", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);

    void apply(JavalinConfig config, String host, int port) {
        config.jetty.modifyHttpConfiguration(Limits::http);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new ServerErrors());
            server.insertHandler(new MinimumDataRateHandler(leastRate, 0));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ServerErrors()));
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            connector.setIdleTimeout(idle.toMillis());
            return connector;
        });
        config.routes.exception(HttpResponseException.class, (thrown, context) -> {
            String method = context.req().getMethod();
            Exchange.refuse(context, Problem.of(Kind.NOT_IMPLEMENTED, "This server knows no method " + method));
        });
    }

    private static void http(HttpConfiguration http) {
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setSendServerVersion(false);
        http.setUriCompliance(PATHS);
    }
}
