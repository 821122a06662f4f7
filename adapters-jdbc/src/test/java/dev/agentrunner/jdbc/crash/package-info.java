/** Proves with real processes, killed and frozen at random moments, that nothing is lost and nothing happens twice. */
@NullMarked
package dev.agentrunner.jdbc.crash;

import org.jspecify.annotations.NullMarked;
