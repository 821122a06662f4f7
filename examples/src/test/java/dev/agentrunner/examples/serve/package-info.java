/** The built program, started as people start it, watched in a real browser and killed. */
@NullMarked
package dev.agentrunner.examples.serve;

import org.jspecify.annotations.NullMarked;
