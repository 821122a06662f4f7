/** Programs that run in a workspace, and their end. */
@NullMarked
package dev.agentrunner.workspace.command;

import org.jspecify.annotations.NullMarked;
