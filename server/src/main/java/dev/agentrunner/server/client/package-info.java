/** The same calls against a server and against the store itself; answers are the JSON of the HTTP contract. */
@NullMarked
package dev.agentrunner.server.client;

import org.jspecify.annotations.NullMarked;
