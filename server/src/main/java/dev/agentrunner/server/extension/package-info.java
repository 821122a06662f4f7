/** What jars on the class path add to the server and the command line. */
@NullMarked
package dev.agentrunner.server.extension;

import org.jspecify.annotations.NullMarked;
