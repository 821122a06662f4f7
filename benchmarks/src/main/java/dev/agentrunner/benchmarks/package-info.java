/** Measures durable steps per second beside the raw bulk-insert rate of the same rows on the same database. */
@NullMarked
package dev.agentrunner.benchmarks;

import org.jspecify.annotations.NullMarked;
