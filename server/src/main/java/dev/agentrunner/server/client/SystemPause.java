package dev.agentrunner.server.client;

import java.time.Duration;

/** Real time. */
final class SystemPause implements HttpFeed.Pause {

    @Override
    public void of(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
