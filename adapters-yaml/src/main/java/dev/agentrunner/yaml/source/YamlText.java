package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.source.Budget.Weight;
import dev.agentrunner.yaml.source.Scalar.Style;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads YAML from SnakeYAML's stream of events. Nothing is constructed from tags, and what an alias would multiply is
 * counted before it is there. Mutable; reads one text.
 */
final class YamlText {

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Set<String> TEXT_TAGS = Set.of("!", STANDARD + "str");
    private static final Set<String> COLLECTION_TAGS = Set.of("!", STANDARD + "map", STANDARD + "seq");

    private final SourceText source;
    private final Builder build;
    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int last;
    /** The deepest level since the value began that is being read. */
    private int deepest;

    /** @param height how many levels it has */
    private record Anchored(Value value, Weight weight, int height) {}

    YamlText(SourceText source, Problems problems) {
        this.source = source;
        this.build = new Builder(problems);
        this.events = new Yaml(options()).parse(new StringReader(source.text())).iterator();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Documents.MOST_BYTES);
        return options;
    }

    /** Null if there is no document. */
    @Nullable Value read() {
        next();
        if (next().is(ID.StreamEnd)) {
            return null;
        }
        Value root = value(next(), 1);
        next();
        Event end = next();
        if (!end.is(ID.StreamEnd)) {
            throw build.problems.fatal(
                    offset(end), "a second document begins here; a file holds one workflow, so take it out");
        }
        return root;
    }

    private Event next() {
        try {
            Event event = events.next();
            last = offset(event);
            return event;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            int at = mark == null ? last : source.offsetOfCodePoint(mark.getIndex());
            throw build.problems.fatal(at, "this is not YAML: " + Excerpt.sentence(e.getProblem()) + hint(at));
        } catch (RuntimeException e) {
            // whatever else the library stumbles over is in the text, too
            throw build.problems.fatal(
                    last, "from here on this is not YAML: " + Excerpt.sentence(String.valueOf(e.getMessage())));
        }
    }

    private String hint(int at) {
        String text = source.text();
        return at < text.length() && text.charAt(at) == '\t'
                ? "; indent with spaces"
                : "; look at quotes, indentation and colons before this place";
    }

    private int offset(Event event) {
        Mark mark = event.getStartMark();
        return mark == null ? last : source.offsetOfCodePoint(mark.getIndex());
    }

    private Value value(Event event, int level) {
        int offset = offset(event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, offset, level);
        }
        reach(level, offset);
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor == null) {
            return content(event, offset, level);
        }
        // what stands within itself finds no value
        anchors.remove(anchor);
        Weight before = build.budget.spent();
        int deepestBefore = deepest;
        deepest = level;
        Value value = content(event, offset, level);
        anchors.put(anchor, new Anchored(value, build.budget.since(before), deepest - level + 1));
        deepest = Math.max(deepest, deepestBefore);
        return value;
    }

    private void reach(int level, int offset) {
        build.checkDepth(level, offset);
        deepest = Math.max(deepest, level);
    }

    private Value content(Event event, int offset, int level) {
        return event instanceof ScalarEvent scalar
                ? scalar(scalar, offset)
                : collection((CollectionStartEvent) event, offset, level);
    }

    private Value aliased(AliasEvent alias, int offset, int level) {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw build.problems.fatal(
                    offset,
                    "the alias *" + Excerpt.of(alias.getAnchor())
                            + " stands for nothing that has ended before it; define &" + Excerpt.of(alias.getAnchor())
                            + " above, and not around it");
        }
        reach(level + anchored.height() - 1, offset);
        build.spend(anchored.weight().values(), anchored.weight().characters(), offset);
        return anchored.value();
    }

    private Value collection(CollectionStartEvent start, int offset, int level) {
        checkTag(start.getTag(), COLLECTION_TAGS, offset);
        build.spend(0, offset);
        return start.is(ID.SequenceStart) ? sequence(offset, level) : mapping(offset, level);
    }

    private Sequence sequence(int offset, int level) {
        List<Value> items = new ArrayList<>();
        for (Event event = next(); !event.is(ID.SequenceEnd); event = next()) {
            items.add(value(event, level + 1));
        }
        return new Sequence(items, offset);
    }

    private Mapping mapping(int offset, int level) {
        Builder.Entries entries = build.new Entries();
        for (Event event = next(); !event.is(ID.MappingEnd); event = next()) {
            int at = offset(event);
            String key = key(event, level);
            Value value = value(next(), level + 1);
            entries.add(key, at, value);
        }
        return entries.mapping(offset);
    }

    private String key(Event event, int level) {
        int at = offset(event);
        if (event instanceof ScalarEvent plain
                && plain.isPlain()
                && plain.getValue().equals("<<")) {
            throw build.problems.fatal(at, "merge keys ('<<') are not part of YAML 1.2; repeat the keys here");
        }
        if (value(event, level + 1) instanceof Scalar scalar) {
            return scalar.written();
        }
        throw build.problems.fatal(
                at, "a key is a text; if {{ an expression }} was meant here, put it into quotes: \"{{ … }}\"");
    }

    private Scalar scalar(ScalarEvent event, int offset) {
        String text = event.getValue();
        String tag = event.getTag();
        checkTag(tag, TEXT_TAGS, offset);
        boolean empty = event.isPlain() && text.isEmpty();
        int begin = empty ? offset : source.afterProperties(offset);
        return event.isPlain() && tag == null
                ? build.plain(CoreSchema.resolve(text), text, begin)
                : build.text(text, style(event.getScalarStyle()), begin);
    }

    private static Style style(ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
            case LITERAL, FOLDED -> Style.BLOCK;
            default -> Style.PLAIN;
        };
    }

    private void checkTag(@Nullable String tag, Set<String> allowed, int offset) {
        if (tag != null && !allowed.contains(tag)) {
            String name = tag.startsWith(STANDARD) ? "!!" + tag.substring(STANDARD.length()) : tag;
            build.problems.add(
                    offset, "the tag " + Excerpt.of(name) + " means nothing here; write the value without it");
        }
    }
}
