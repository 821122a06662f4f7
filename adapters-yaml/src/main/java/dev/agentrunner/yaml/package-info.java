/** Workflows that need no Java: files of YAML or JSON, one workflow each. */
@NullMarked
package dev.agentrunner.yaml;

import org.jspecify.annotations.NullMarked;
