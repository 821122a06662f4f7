/** agent-runner does what the others do. */
@NullMarked
package dev.agentrunner.contest.runner;

import org.jspecify.annotations.NullMarked;
