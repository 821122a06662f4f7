/** The text of a workflow file: its values, each with its place, and the problems found in it. */
@NullMarked
package dev.agentrunner.yaml.source;

import org.jspecify.annotations.NullMarked;
