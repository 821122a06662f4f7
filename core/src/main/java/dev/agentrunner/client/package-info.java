/** What applications use to submit, watch and steer runs. Interfaces; the built-in engine is one implementation. */
@NullMarked
package dev.agentrunner.client;

import org.jspecify.annotations.NullMarked;
