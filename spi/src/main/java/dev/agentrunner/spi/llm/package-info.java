/** Language models: what is asked of them, how they answer while they think, and how that goes wrong. */
@NullMarked
package dev.agentrunner.spi.llm;

import org.jspecify.annotations.NullMarked;
