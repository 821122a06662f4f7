package dev.agentrunner.core.state;

/** A wish to change a run. Deciding is pure: it looks at the history and changes nothing. */
public sealed interface Command permits RunCommand, OutsideCommand, StepCommand {

    Decision decide(RunHistory history);
}
