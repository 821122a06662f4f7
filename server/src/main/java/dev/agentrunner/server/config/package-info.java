/** What the server and the command line can be told: settings from flags, environment and file. */
@NullMarked
package dev.agentrunner.server.config;

import org.jspecify.annotations.NullMarked;
