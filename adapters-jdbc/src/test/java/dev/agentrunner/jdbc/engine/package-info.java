/** The engine's contracts on the stores of this module. */
@NullMarked
package dev.agentrunner.jdbc.engine;

import org.jspecify.annotations.NullMarked;
