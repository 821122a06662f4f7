/** Engines side by side: each in a JVM of its own, on a database of its own. */
@NullMarked
package dev.agentrunner.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
