/** The pure part: commands become facts, facts become state. No I/O, no clocks, no threads. */
@NullMarked
package dev.agentrunner.core.state;

import org.jspecify.annotations.NullMarked;
