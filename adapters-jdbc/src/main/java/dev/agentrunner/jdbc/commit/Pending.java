package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.util.concurrent.CompletableFuture;

/** A commit that waits, and who is to be told. */
record Pending(Commit commit, CompletableFuture<AppendOutcome> outcome) {}
