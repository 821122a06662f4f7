/** A store that keeps everything in memory: for tests, for short-lived programs, and as the reference of semantics. */
@NullMarked
package dev.agentrunner.memory;

import org.jspecify.annotations.NullMarked;
