/** Tests of what is not seen from outside. */
@NullMarked
package dev.agentrunner.workspace.command;

import org.jspecify.annotations.NullMarked;
