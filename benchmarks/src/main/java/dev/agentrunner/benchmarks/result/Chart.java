package dev.agentrunner.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Rates as bars, one group per workload, on a scale of powers of ten because engines differ that much. An SVG. */
public final class Chart {

    private static final int WIDTH = 760;
    private static final int LEFT = 250;
    private static final int BAR = 16;
    private static final int ROW = 22;
    private static final int HEAD = 30;
    private static final int ROOM_FOR_FIGURES = 90;

    private final StringBuilder svg = new StringBuilder();
    private final double most;
    private int y = HEAD;

    private Chart(double most) {
        this.most = most;
    }

    /** Of all results in this unit. */
    public static String of(List<Result> results, String unit) {
        Map<String, List<Result>> groups = results.stream()
                .filter(each -> each.unit().equals(unit))
                .collect(Collectors.groupingBy(Result::workload, LinkedHashMap::new, Collectors.toList()));
        double most = groups.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Result::median)
                .max()
                .orElse(1);
        Chart chart = new Chart(most);
        groups.forEach(chart::group);
        return chart.whole(unit);
    }

    private void group(String workload, List<Result> results) {
        y += ROW / 2;
        text(0, y + BAR - 4, "start", "bold", workload);
        y += ROW;
        results.forEach(this::bar);
    }

    private void bar(Result result) {
        double scale = Math.log10(Math.max(1, result.median())) / Math.log10(Math.max(10, most));
        int length = Math.max(1, (int) (scale * (WIDTH - LEFT - ROOM_FOR_FIGURES)));
        boolean own = result.contestant().startsWith("agent-runner");
        text(LEFT - 8, y + BAR - 4, "end", "normal", result.contestant().replaceAll(",.*", ""));
        svg.append(String.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n",
                LEFT, y, length, BAR, own ? "#0b6e6e" : "#9aa5b1"));
        text(LEFT + length + 6, y + BAR - 4, "start", "normal", Result.number(result.median()));
        y += ROW;
    }

    private void text(int x, int baseline, String anchor, String weight, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
                x,
                baseline,
                anchor,
                weight,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String whole(String unit) {
        return String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\""
                        + " fill=\"#24292f\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"0\" y=\"14\">%s, logarithmic</text>%n%s</svg>%n",
                WIDTH, y + ROW, unit, svg);
    }
}
