/** Expressions in workflow files, bounded in time, depth and size. */
@NullMarked
package dev.agentrunner.yaml.expression;

import org.jspecify.annotations.NullMarked;
