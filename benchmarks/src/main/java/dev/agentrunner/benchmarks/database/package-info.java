/** Databases that a measurement has for itself. */
@NullMarked
package dev.agentrunner.benchmarks.database;

import org.jspecify.annotations.NullMarked;
