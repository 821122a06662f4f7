/** How people and machines are answered: tables, colour, live progress, and JSON. */
@NullMarked
package dev.agentrunner.server.terminal;

import org.jspecify.annotations.NullMarked;
