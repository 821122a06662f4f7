package dev.agentrunner.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every text is told from its ground, in light and in dark; contrast as WCAG 2 defines it. */
class ContrastTest {

    private static final Pattern TOKEN = Pattern.compile("--([a-z-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");
    private static final List<String> STATUSES =
            List.of("queued", "running", "waiting", "completed", "failed", "canceled");
    private static final double TEXT = 4.5;
    private static final double EDGE = 3;

    @Test
    void texts_have_4_5_to_1_and_edges_of_controls_3_to_1() throws IOException {
        Map<String, List<String>> tokens = tokens();
        for (int theme = 0; theme < 2; theme++) {
            for (String ground : List.of("bg", "surface", "raised", "hover", "running-tint")) {
                check(tokens, "text", ground, theme, TEXT);
                check(tokens, "muted", ground, theme, TEXT);
                check(tokens, "accent", ground, theme, TEXT);
            }
            for (String status : STATUSES) {
                check(tokens, status, status + "-tint", theme, TEXT);
                for (String ground : List.of("bg", "surface", "raised", "hover", "running-tint")) {
                    check(tokens, status, ground, theme, TEXT);
                }
            }
            check(tokens, "on-accent", "accent", theme, TEXT);
            for (String ground : List.of("bg", "surface", "raised")) {
                check(tokens, "control", ground, theme, EDGE);
            }
        }
    }

    private static void check(Map<String, List<String>> tokens, String on, String ground, int theme, double least) {
        double one = luminance(tokens.get(on).get(theme));
        double other = luminance(tokens.get(ground).get(theme));
        assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
                .as("%s on %s, %s", on, ground, theme == 0 ? "light" : "dark")
                .isGreaterThanOrEqualTo(least);
    }

    private static double luminance(String hex) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static Map<String, List<String>> tokens() throws IOException {
        Map<String, List<String>> tokens = new LinkedHashMap<>();
        try (InputStream in = ContrastTest.class.getResourceAsStream("style/tokens.css")) {
            Matcher matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (matcher.find()) {
                tokens.put(matcher.group(1), new ArrayList<>(List.of(matcher.group(2), matcher.group(3))));
            }
        }
        return tokens;
    }
}
