/** The commands of the command line, one class each. */
@NullMarked
package dev.agentrunner.server.command;

import org.jspecify.annotations.NullMarked;
