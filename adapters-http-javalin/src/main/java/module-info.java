/** REST, live events, health, metrics and the console, on Javalin. */
@SuppressWarnings("module") // the server's module is built later
module dev.agentrunner.http {
    requires transitive dev.agentrunner.core;
    requires transitive io.javalin;
    requires com.fasterxml.jackson.core;
    requires com.networknt.schema;
    requires jakarta.servlet;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.eclipse.jetty.ee10.servlet;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.agentrunner.http;
    exports dev.agentrunner.http.access to
            dev.agentrunner.server;
    exports dev.agentrunner.http.view to
            dev.agentrunner.server;
    exports dev.agentrunner.http.metrics;
}
