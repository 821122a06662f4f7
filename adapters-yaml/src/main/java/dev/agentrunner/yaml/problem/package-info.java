/** What is wrong with workflow files. */
@NullMarked
package dev.agentrunner.yaml.problem;

import org.jspecify.annotations.NullMarked;
