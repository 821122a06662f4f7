/** Workspaces that are directories of this machine. */
@NullMarked
package dev.agentrunner.workspace;

import org.jspecify.annotations.NullMarked;
