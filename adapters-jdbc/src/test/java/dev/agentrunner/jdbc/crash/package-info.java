/**
 * Proves, with real processes that are killed and frozen at random moments and with many nodes, that nothing is lost and
 * nothing happens twice.
 */
@NullMarked
package dev.agentrunner.jdbc.crash;

import org.jspecify.annotations.NullMarked;
