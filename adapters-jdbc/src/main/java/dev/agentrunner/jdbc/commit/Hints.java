package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a written batch means to followers: every run once, and at most one call to look for work. */
public final class Hints {

    private Hints() {}

    public static List<Hint> of(List<Commit> commits, List<AppendOutcome> outcomes) {
        Map<RunId, Hint> changed = new LinkedHashMap<>();
        boolean ready = false;
        for (int i = 0; i < commits.size(); i++) {
            if (outcomes.get(i) instanceof AppendOutcome.Appended appended) {
                RunId run = commits.get(i).run();
                changed.put(run, new Hint.Changed(run, appended.lastSeq()));
                ready |= mayMakeReady(commits.get(i));
            }
        }
        List<Hint> hints = new ArrayList<>(changed.values());
        if (ready) {
            hints.add(new Hint.Ready());
        }
        return hints;
    }

    /** Giving a claim up can make a run ready even with Never: a wake may have been remembered. */
    private static boolean mayMakeReady(Commit commit) {
        boolean ends = commit.projection().run().status().isTerminal();
        return !commit.projection().wakes().isEmpty()
                || (!ends && !(commit.projection().ready() instanceof Ready.Held));
    }
}
