package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import java.util.Locale;

/** Failures that Ollama tells in words. */
public final class Errors {

    private static final int EXCERPT = 300;

    private Errors() {}

    /** What an {@code {"error": …}} line inside an answer means. */
    public static ModelException inStream(Call call, String error) {
        String model = call.model();
        if (model != null && isAboutMissingModel(error)) {
            return noModel(model, " (" + excerpt(error) + ")");
        }
        return new ModelException(Kind.SERVER_ERROR, "Ollama failed while it answered: " + excerpt(error));
    }

    /** What is not as the protocol says. */
    public static ModelException malformed(String what) {
        return new ModelException(Kind.MALFORMED, what);
    }

    /** The beginning of a text from outside, fit for a message of one line. */
    public static String excerpt(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }

    static ModelException noModel(String model, String said) {
        return new ModelException(
                Kind.MODEL_NOT_FOUND,
                "Ollama has no model '" + model + "'" + said + "; fetch it with `ollama pull " + model + "`");
    }

    /** The server's words for it: those of its own store, and those of the registry that it pulls from. */
    static boolean isAboutMissingModel(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        return (lower.contains("model") && lower.contains("not found"))
                || (lower.contains("manifest") && lower.contains("file does not exist"));
    }
}
