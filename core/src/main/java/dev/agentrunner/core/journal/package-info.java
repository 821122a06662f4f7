/** Commands become durable: decided, appended, decided anew when somebody else wrote first. */
@NullMarked
package dev.agentrunner.core.journal;

import org.jspecify.annotations.NullMarked;
