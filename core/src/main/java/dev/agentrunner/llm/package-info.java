/** How this node asks language models: prices, limits, budgets, and what is shown while they answer. */
@NullMarked
package dev.agentrunner.llm;

import org.jspecify.annotations.NullMarked;
