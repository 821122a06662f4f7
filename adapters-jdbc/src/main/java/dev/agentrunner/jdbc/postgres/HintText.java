package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hints as the text of a notification, which has less than 8000 bytes: {@code sender|R|run=seq,run=seq}, with {@code R}
 * when a run became ready; or {@code sender|*|} when hints were lost or are too many to name.
 */
final class HintText {

    /** More changed runs than this are told as "look at everything". */
    static final int MOST_RUNS = 1_000;

    /** A payload has less than 8,000 bytes. */
    private static final int RUNS_PER_TEXT = 100;

    private static final String EVERYTHING = "*";
    private static final String READY = "R";

    private HintText() {}

    static String everything(String sender) {
        return sender + "|" + EVERYTHING + "|";
    }

    /** As many texts as it takes. */
    static List<String> changed(String sender, Map<RunId, Long> changed, boolean ready) {
        if (changed.size() > MOST_RUNS) {
            return List.of(everything(sender));
        }
        List<String> runs = changed.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        List<String> texts = new ArrayList<>();
        for (int from = 0; from < Math.max(1, runs.size()); from += RUNS_PER_TEXT) {
            List<String> some = runs.subList(from, Math.min(runs.size(), from + RUNS_PER_TEXT));
            texts.add(sender + "|" + (ready && from == 0 ? READY : "") + "|" + String.join(",", some));
        }
        return texts;
    }

    /** Nothing if {@code self} sent it; {@link Hint.Lost} if it cannot be read, as from a later version. */
    static List<Hint> parse(String self, String text) {
        String[] parts = text.split("\\|", -1);
        if (parts[0].equals(self)) {
            return List.of();
        }
        if (parts.length != 3 || parts[1].equals(EVERYTHING)) {
            return List.of(new Hint.Lost());
        }
        List<Hint> hints = new ArrayList<>();
        try {
            for (String run : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
                int equals = run.indexOf('=');
                hints.add(new Hint.Changed(
                        RunId.parse(run.substring(0, equals)), Long.parseLong(run.substring(equals + 1))));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return List.of(new Hint.Lost());
        }
        if (parts[1].equals(READY)) {
            hints.add(new Hint.Ready());
        }
        return hints;
    }
}
