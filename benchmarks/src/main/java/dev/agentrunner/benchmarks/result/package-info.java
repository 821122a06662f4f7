/** What was measured, and what was wanted. */
@NullMarked
package dev.agentrunner.benchmarks.result;

import org.jspecify.annotations.NullMarked;
