/** Measurements that JMH takes. */
@NullMarked
package dev.agentrunner.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
