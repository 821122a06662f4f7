/** JobRunr does what the others do. */
@NullMarked
package dev.agentrunner.contest.jobrunr;

import org.jspecify.annotations.NullMarked;
