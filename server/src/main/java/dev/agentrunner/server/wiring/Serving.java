package dev.agentrunner.server.wiring;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.http.HttpServer;
import dev.agentrunner.http.metrics.MeteredStore;
import dev.agentrunner.http.metrics.Metrics;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.ConfigurationException;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.spi.store.Store;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is up. Closing it takes no more runs, lets steps under way finish, and hands the rest over. */
public final class Serving implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final AgentRunner runner;
    private final HttpServer http;

    private Serving(AgentRunner runner, HttpServer http) {
        this.runner = runner;
        this.http = http;
    }

    /**
     * Starts a server.
     *
     * @throws ConfigurationException if the settings contradict each other, or the address is not to be had
     * @throws dev.agentrunner.spi.error.StoreUnavailableException if the store cannot be opened
     */
    public static Serving start(Runners runners) {
        Configuration configuration = runners.configuration();
        Metrics metrics = new Metrics();
        HttpOptions options = options(configuration).metrics(metrics);
        Store store = new MeteredStore(Stores.open(configuration), metrics);
        try {
            AgentRunner runner =
                    runners.start(store, Stores.artifacts(configuration, store), configuration.number(Setting.WORKERS));
            try {
                return new Serving(runner, listen(configuration, runner, options));
            } catch (RuntimeException e) {
                runner.close();
                throw e;
            }
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static HttpOptions options(Configuration configuration) {
        Auth auth = configuration.text(Setting.AUTH).equals("keys") ? Auth.KEYS : Auth.NONE;
        String host = configuration.text(Setting.HOST);
        if (auth == Auth.NONE && !isLoopback(host)) {
            throw new ConfigurationException("Listening at " + host + " without keys would let everybody in; set "
                    + Setting.AUTH.variable() + "=keys and make a key with 'agent-runner keys create', or listen at "
                    + Setting.HOST.standard());
        }
        return HttpOptions.DEFAULT
                .auth(auth)
                .allowedHosts(Set.copyOf(configuration.names(Setting.ALLOWED_HOSTS)))
                .check("disk", DataFolder.of(configuration)::requireWritable);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "There is no address for '" + host + "' to listen at; look at " + Setting.HOST.variable());
        }
    }

    private static HttpServer listen(Configuration configuration, AgentRunner runner, HttpOptions options) {
        String host = configuration.text(Setting.HOST);
        int port = configuration.number(Setting.PORT);
        try {
            return HttpServer.start(runner, options, host, port);
        } catch (RuntimeException e) {
            LOG.debug("The server cannot listen", e);
            throw new ConfigurationException("Cannot listen at " + host + ":" + port + " (" + rootOf(e)
                    + "); choose another port with --port, or end what uses this one");
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    public URI url() {
        return http.uri();
    }

    /** For people. */
    public String store() {
        return runner.store().describe();
    }

    /** How many workflows take new runs. */
    public int workflows() {
        return (int) runner.workflows().stream()
                .map(each -> each.ref().name())
                .distinct()
                .count();
    }

    /** The API answers until the runs are handed over, so that whoever watches sees how it goes. */
    @Override
    public void close() {
        LOG.info("Draining: steps under way may finish");
        runner.drain();
        runner.close();
        http.close();
        LOG.info("Stopped");
    }
}
