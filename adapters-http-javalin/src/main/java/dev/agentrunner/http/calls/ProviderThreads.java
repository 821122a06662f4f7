package dev.agentrunner.http.calls;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that ask providers, which may keep them waiting. */
final class ProviderThreads {

    private ProviderThreads() {}

    static ExecutorService start() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "agent-runner-provider");
            thread.setDaemon(true);
            return thread;
        });
    }
}
