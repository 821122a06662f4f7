/** Workloads that are measured without a peer beside them. */
@NullMarked
package dev.agentrunner.benchmarks.alone;

import org.jspecify.annotations.NullMarked;
