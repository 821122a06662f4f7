package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.store.Store;

/**
 * A store that takes part.
 *
 * @param store without a single run; closed by the oracle
 * @param tick lets the store's clock go on by one to a thousand milliseconds, so that no two operations happen at the
 *     same time
 */
public record Contestant(String name, Store store, Runnable tick) {}
