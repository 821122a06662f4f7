package dev.agentrunner.benchmarks.http;

import io.javalin.Javalin;

/** Javalin as it comes, with two routes that say hello: what the machine and the web server allow. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            config.routes.get("/hello", context -> context.result("hello"));
            config.routes.post(
                    "/hello",
                    context ->
                            context.status(201).result("hello " + context.body().length()));
        });
        javalin.start();
        System.out.println("hello at http://127.0.0.1:" + javalin.port() + "/");
    }
}
