/** Numbers for Prometheus: what this node commits, and what the store holds. */
@NullMarked
package dev.agentrunner.http.metrics;

import org.jspecify.annotations.NullMarked;
