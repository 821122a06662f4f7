/** One node executing one run: replay, steps, waits, branches. */
@NullMarked
package dev.agentrunner.core.execution;

import org.jspecify.annotations.NullMarked;
