/** The directories that runs work in: files, commands, and what changed. */
@NullMarked
package dev.agentrunner.spi.workspace;

import org.jspecify.annotations.NullMarked;
