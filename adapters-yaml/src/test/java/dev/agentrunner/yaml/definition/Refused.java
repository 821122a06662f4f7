package dev.agentrunner.yaml.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Workflow files that are refused. A § stands before the place that the problem names.
 *
 * @param says what the message has in it
 * @param bySchema whether the published schema can see it, too
 */
record Refused(String text, String says, boolean bySchema) {

    String clean() {
        return text.replace("§", "");
    }

    int line() {
        return (int) before().lines().count() + (before().isEmpty() || before().endsWith("\n") ? 1 : 0);
    }

    int column() {
        String line = before().substring(before().lastIndexOf('\n') + 1);
        return line.codePointCount(0, line.length()) + 1;
    }

    private String before() {
        return text.substring(0, text.indexOf('§'));
    }

    @Override
    public String toString() {
        return says + " | " + text.replace('\n', '⏎');
    }

    static List<Refused> all() {
        List<Refused> all = new ArrayList<>();
        tops(all);
        steps(all);
        actions(all);
        expressions(all);
        return all;
    }

    private static void seen(List<Refused> all, String text, String says) {
        all.add(new Refused(text, says, true));
    }

    private static void unseen(List<Refused> all, String text, String says) {
        all.add(new Refused(text, says, false));
    }

    private static String top(String keys) {
        return "name: w\nversion: '1'\n" + keys + "\nsteps: [{ name: s, sleep: 1s }]\n";
    }

    private static String step(String keys) {
        return Files.step(keys);
    }

    private static void tops(List<Refused> all) {
        seen(all, "§just a text", "a workflow is a mapping, not a text");
        seen(all, "§version: '1'\nsteps: [{ name: s, sleep: 1s }]", "a workflow has no 'name'; add it");
        seen(all, "§name: w\nversion: '1'", "a workflow has no 'steps'");
        seen(
                all,
                "name: w\nversion: §1\nsteps: [{ name: s, sleep: 1s }]",
                "version is a text, not the number 1; put it into quotes: \"1\"");
        seen(
                all,
                "name: §Review V1\nversion: '1'\nsteps: [{ name: s, sleep: 1s }]",
                "name 'Review V1' is not one: 1 to 200 lower-case");
        seen(all, "name: w\nversion: §' '\nsteps: [{ name: s, sleep: 1s }]", "version ' ' is not one");
        seen(all, top("§descripton: x"), "unknown key 'descripton' in a workflow; did you mean 'description'?");
        seen(
                all,
                top("§x-mine: x"),
                "unknown key 'x-mine' in a workflow; known: defaults, description, input, name, output");
        unseen(
                all,
                "name: w\nversion: '1'\n§name: w2\nsteps: [{ name: s, sleep: 1s }]",
                "the key 'name' is there twice");
        seen(all, top("description: §[a]"), "description is a text, not a list");
        seen(all, top("input: §a"), "input is a JSON Schema, a mapping, not a text");
        seen(all, top("input: { type: §array }"), "a workflow's input is an object; write type: object");
        seen(
                all,
                top("input: { type: object, properties: { a: { type: §strin } } }"),
                "this is no JSON Schema (2020-12)");
        seen(all, top("input: { type: object, required: §topic }"), "this is no JSON Schema (2020-12)");
        unseen(
                all,
                top("input: { §propertys: {} }"),
                "unknown key 'propertys' in a JSON Schema; did you mean 'properties'?");
        unseen(
                all,
                top("input: { type: object, properties: { a: { type: integer, default: §x } } }"),
                "the default does not keep to its own schema: string found, integer expected");
        unseen(
                all,
                top(
                        "input: { properties: { a: { $ref: '#/$defs/n', default: 5 }, b: { $ref: '#/$defs/n', default: §11 } }, $defs: { n: { maximum: 10 } } }"),
                "the default does not keep to its own schema");
        unseen(
                all,
                top("input: { properties: { a: { $ref: §'https://example.org/x' } } }"),
                "$ref leads out of this file, and nothing is fetched");
        unseen(all, top("input: { properties: { a: { $ref: §'#/$defs/b' } } }"), "leads to nothing in this schema");
        unseen(all, top("input: { properties: { a: §{ $ref: '#/properties/a' } } }"), "refers to itself without end");
        unseen(
                all,
                top("input: { properties: { a: { pattern: §'(' } } }"),
                "the pattern '(' is no regular expression: Unclosed group");
        unseen(
                all,
                top("input: { $schema: §'http://json-schema.org/draft-07/schema#' }"),
                "schemas are of draft 2020-12");
        seen(all, top("defaults: { §modle: ollama/x }"), "unknown key 'modle' in defaults; did you mean 'model'?");
        unseen(all, top("defaults: { model: §olama/x }"), "no provider is called 'olama'; did you mean 'ollama'?");
        seen(
                all,
                top("defaults: { model: §qwen3 }"),
                "the model 'qwen3' does not say its provider; write provider/model");
        seen(all, top("defaults: { timeout: §10 }"), "timeout is a duration of more than nothing");
        unseen(all, top("defaults: { timeout: §0s }"), "timeout is a duration of more than nothing");
        seen(
                all,
                top("defaults: { retry: { attempts: §0 } }"),
                "attempts is a whole number from 1 to 100, not the number 0");
        seen(all, top("defaults: { retry: §{ backoff: 1s } }"), "retry has no 'attempts'");
        unseen(
                all,
                top("defaults: { retry: { attempts: 2, backoff: 2m, §max_backoff: 1m } }"),
                "max_backoff is shorter than backoff");
        seen(all, top("workspace: { put_back: §yes }"), "put_back is true or false, not 'yes'");
        seen(all, top("workspace: { ignore: [a, §1] }"), "ignore is a list of patterns");
        seen(all, "name: w\nversion: '1'\nsteps: §{}", "steps is a list of steps, not a mapping");
        seen(all, "name: w\nversion: '1'\nsteps: §[]", "steps has no steps; add one");
    }

    private static void steps(List<Refused> all) {
        seen(all, "name: w\nversion: '1'\nsteps:\n  - §sleep: 1s", "a step has no 'name'");
        seen(
                all,
                "name: w\nversion: '1'\nsteps:\n  - name: §a/b\n    sleep: 1s",
                "name 'a/b' is not one: 1 to 100 letters");
        seen(all, "name: w\nversion: '1'\nsteps:\n  - §name: a", "this one does nothing; add one of llm, shell");
        seen(all, step("sleep: 1s\n§llm: { prompt: x }"), "this one has sleep and llm; make two steps of it");
        seen(all, step("sleep: 1s\n§steps: []"), "steps belong to a foreach");
        seen(all, step("§lm: { prompt: x }\nsleep: 1s"), "unknown key 'lm' in a step; did you mean 'llm'?");
        seen(all, step("sleep: 1s\nwhen: §steps.a.ok"), "when is one expression in quotes");
        seen(
                all,
                step("shell: { run: x }\nat_most_once: true\n§retry: { attempts: 2 }"),
                "a step that runs at most once is not tried again");
        seen(all, step("sleep: 1s\nartifact: { §kind: x }").replace("{ §kind", "§{ kind"), "artifact has no 'name'");
        seen(all, step("sleep: 1s\nartifact: { name: x, §media_type: text }"), "media_type 'text' is none");
        seen(all, step("sleep: §soon"), "sleep is a duration such as 500ms");
        seen(
                all,
                step("foreach: { items: §'x' }\nsteps: [{ name: a, sleep: 1s }]"),
                "items is a list, or one expression in quotes");
        seen(
                all,
                step("§foreach: { items: [] }").replace("§", "").replace("  - name", "  - §name"),
                "a step has no 'steps'");
        seen(
                all,
                step("foreach: { items: [], concurrency: §65 }\nsteps: [{ name: a, sleep: 1s }]"),
                "concurrency is a whole number from 1 to 64");
        seen(
                all,
                step("foreach: { items: [], §as: input }\nsteps: [{ name: a, sleep: 1s }]"),
                "'input' means something else in expressions");
        seen(all, step("parallel: §[]"), "parallel is a mapping of branches");
        seen(all, step("parallel: { §a/b: [{ name: a, sleep: 1s }] }"), "the branch name 'a/b' is not one");
        seen(all, step("parallel: { a: §x }"), "the branch 'a' is a list of steps, not a text");
        unseen(
                all,
                step(
                        "foreach: { items: [] }\nat_most_once: true\nsteps:\n  - name: a\n    shell: { run: x }\n    §retry: { attempts: 2 }"),
                "a step that runs at most once is not tried again");
    }

    private static void actions(List<Refused> all) {
        seen(all, step("llm: { §promt: x, prompt: y }"), "unknown key 'promt' in llm; did you mean 'prompt'?");
        seen(all, step("llm: §{ system: x }"), "llm has no 'prompt'");
        seen(all, step("llm: { prompt: §5 }"), "prompt is a text, not the number 5");
        unseen(
                all,
                step("llm: { prompt: x, fallbacks: [ollama/a, §gpt/b] }"),
                "no provider is called 'gpt'; known: ollama, other");
        seen(all, step("llm: { prompt: x, format: §json }"), "format is a JSON Schema, a mapping");
        seen(all, step("llm: { prompt: x, options: §[] }"), "options is a mapping, not a list");
        unseen(all, step("llm: { prompt: x, options: { stop: [§'{{ input.x }}'] } }"), "options hold no expressions");
        seen(
                all,
                step("llm: { prompt: x, thinking: §hard }"),
                "thinking is true, false, low, medium, high or max, not 'hard'");
        seen(all, step("llm: { prompt: x, tools: [{ name: §'a b' }] }"), "name 'a b' is not one: 1 to 64");
        seen(all, step("shell: { run: §[] }"), "run names no program");
        seen(all, step("shell: { run: [echo, §{ a: b }] }"), "run is a list of texts; each is a text, not a mapping");
        seen(all, step("shell: { run: x, env: { §1A: x } }"), "'1A' cannot be a name in env");
        seen(
                all,
                step("shell: { run: x, env: §a=b }"),
                "env is a mapping of texts, or one expression in quotes, not a text");
        seen(all, step("shell: { run: x, allow_failure: §'true' }"), "allow_failure is true or false, not 'true'");
        seen(all, step("http: { url: 'http://x', §method: get }"), "unknown method 'get'; did you mean 'GET'?");
        unseen(all, step("http: { url: §'ftp://x' }"), "url 'ftp://x' is none; write http:// or https:// and a host");
        seen(all, step("http: { url: 'http://x', headers: { §'a b': x } }"), "'a b' cannot be a name in headers");
        unseen(all, step("timeout: 1d\napproval: { message: x, §timeout: 2d }"), "the step has a timeout, too");
        seen(all, step("approval: { message: x, timeout: 1d, §on_timeout: ask }"), "on_timeout 'ask' is none");
        unseen(all, step("approval: { message: x, §on_timeout: skip }"), "on_timeout without a timeout never happens");
        unseen(all, step("write_files: { from: x, path: §../x }"), "the path '../x' is not one in the workspace");
        unseen(all, step("write_files: { from: { §./a/../b: x } }"), "the path './a/../b' is not one in the workspace");
        seen(all, step("write_files: { from: { a: x }, §path: b }"), "from has a path for each text already");
        seen(all, step("run: { workflow: §My Flow }"), "workflow 'My Flow' is not one");
        seen(all, step("run: { workflow: x, input: §5 }"), "input is a mapping, or one expression in quotes");
    }

    private static void expressions(List<Refused> all) {
        unseen(all, step("llm: { prompt: 'a §{{ input.x' }"), "an expression begins here and is not closed");
        unseen(all, step("llm: { prompt: 'a {{§ }}' }"), "there is nothing between {{ and }}");
        unseen(
                all,
                step("llm:\n  prompt: |\n    one\n    {{ §steps.x.text }}"),
                "no step 'x' can have run before this one; those that can: none");
        unseen(
                all,
                step("llm:\n  prompt: >-\n    one\n    two {{ 1 }}\n\n    three {{ §inpt.x }}"),
                "unknown name 'inpt'; did you mean 'input'?");
        unseen(
                all,
                step("llm:\n  prompt: \"\\u00e4 \\\n    ö\\n{{ §env.HOME }}\""),
                "the environment variable 'HOME' may not be read");
        unseen(
                all,
                step("llm: { prompt: 'it''s {{ run.§x }}' }").replace("run.§x", "§run.x"),
                "run has no 'x'; known: id, labels, name");
        unseen(
                all,
                step("llm: { prompt: '{{ 1 + 1 }} {{ §steps.s.text }}' }"),
                "no step 's' can have run before this one");
        unseen(
                all,
                step("sleep: 1s\nwhen: '{{ §steps.later.ok }}'") + "  - name: later\n    sleep: 1s\n",
                "no step 'later' can have run before this one; those that can: none");
        unseen(
                all,
                step("parallel:\n  l: [{ name: a, sleep: 1s }]\n  r: [{ name: b, shell: { run: '{{ §steps.a }}' } }]"),
                "no step 'a' can have run");
        unseen(
                all,
                step("parallel:\n  l: [{ name: a, sleep: 1s }]\noutput: 1")
                        .replace("    output: 1", "output: '{{ §steps.a }}'"),
                "those that can: s");
        unseen(
                all,
                step("foreach: { items: [], as: it }\nsteps: [{ name: a, shell: { run: '{{ §itm }}' } }]"),
                "unknown name 'itm'; did you mean 'it'?");
        unseen(
                all,
                step("sleep: 1s") + "  - name: t\n    shell: { run: '{{ §s.x }}' }\n",
                "unknown name 's'; did you mean 'steps.s'?");
        unseen(
                all,
                "name: w\nversion: '1'\ninput: { properties: { topic: {} }, additionalProperties: false }\nsteps: [{ name: s, shell: { run: '{{ §input.topik }}' } }]",
                "the input has no 'topik' and may have no more than its schema lists; did you mean 'topic'?");
        unseen(all, step("write_files: { from: { §'{{ input.a }}': x } }"), "a key holds no expressions");
    }
}
