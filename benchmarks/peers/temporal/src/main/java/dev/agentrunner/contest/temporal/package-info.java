/** Temporal does what the others do. */
@NullMarked
package dev.agentrunner.contest.temporal;

import org.jspecify.annotations.NullMarked;
