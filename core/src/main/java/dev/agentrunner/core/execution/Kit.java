package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.time.Ids;
import dev.agentrunner.core.time.StoreClock;
import java.util.concurrent.ExecutorService;

/**
 * What every execution on a node uses.
 *
 * @param branches gives each task a thread at once, or refuses
 */
public record Kit(
        Values values,
        StoreClock clock,
        Ids ids,
        Background background,
        ExecutorService branches,
        Family family,
        Settings settings) {}
