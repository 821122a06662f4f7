package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a written batch means to followers: every run once, and at most one call to look for work. */
public final class Hints {

    private Hints() {}

    public static Set<Hint> of(List<Commit> commits, List<AppendOutcome> outcomes) {
        Set<Hint> hints = new LinkedHashSet<>();
        for (int i = 0; i < commits.size(); i++) {
            if (outcomes.get(i) instanceof AppendOutcome.Appended) {
                hints.add(new Hint.Changed(commits.get(i).run()));
                if (mayMakeReady(commits.get(i))) {
                    hints.add(new Hint.Ready());
                }
            }
        }
        return hints;
    }

    /** Giving a claim up can make a run ready even with Never: a wake may have been remembered. */
    private static boolean mayMakeReady(Commit commit) {
        boolean ends = commit.projection().run().status().isTerminal();
        return !commit.projection().wakes().isEmpty() || (!ends && !(commit.projection().ready() instanceof Ready.Held));
    }
}
