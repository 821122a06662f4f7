/** The workspace of a run, versioned with its log. */
@NullMarked
package dev.agentrunner.core.workspace;

import org.jspecify.annotations.NullMarked;
