package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Waiting;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The payloads as they are stored and sent: logs of old runs hold them, so they must not change. */
class WireFormatTest {

    private static final String FAILURE =
            "\"failure\":{\"kind\":\"timeout\",\"message\":\"took too long\",\"retryable\":true,\"stack_top\":\"at a.B.c\"}";
    private static final String BLOB = "{\"size\":70000,\"sha256\":\"" + "ab".repeat(32) + "\",\"uri\":\"file:ab\"}";

    private static final List<String> FULL = List.of(
            "{'workflow':'greet','version':'1','name':'for Ada','input':{'n':1.10},'queue':'slow','priority':5,"
                    + "'labels':{'team':'red'},'parent_run_id':'01890000-0000-7000-8000-000000000001',"
                    + "'forked_from':'01890000-0000-7000-8000-000000000002','fork_step':'draft',"
                    + "'idempotency_key':'key-1','deadline':'2026-01-01T00:00:00Z','seed':-3,"
                    + "'models':{'draft':'ollama/other'},'depth':2,'definition':{'format':'yaml','text':'name: x'}}",
            "{'node':'n1','epoch':2}",
            "{'node':'n2','epoch':3,'previous_node':'n1','recoveries':1}",
            "{'waiting':'SIGNAL','wake_at':'2026-01-01T00:00:00Z','signals':['go'],'reason':'why'}",
            "{'node':'n1','epoch':4,'cause':'signal'}",
            "{'reason':'why'}",
            "{'reason':'why'}",
            "{'reason':'why','force':true}",
            "{'name':'go','payload':[1,2],'by':'user:ada'}",
            "{'output':1}",
            "{" + FAILURE + "}",
            "{'reason':'why'}",
            "{'name':'a','kind':'await','attempt':1,'at_most_once':true,'signal':'go','wake_at':"
                    + "'2026-01-01T00:00:00Z','child_run_id':'01890000-0000-7000-8000-000000000002','signal_seq':9}",
            "{'attempt':1," + FAILURE + ",'retry_at':'2026-01-02T00:00:00.000000001Z'}",
            "{'result_ref':" + BLOB + ",'duration_ms':12,'signal_seq':9}",
            "{" + FAILURE + ",'duration_ms':12}",
            "{'reason':'why'}",
            "{'name':'a','kind':'step','reason':'why'}",
            "{'provider':'ollama','model':'qwen3:8b','attempt':1,'scripted':true}",
            "{'elapsed_ms':15000,'phase':'prompt','chunks':3,'idle_ms':200}",
            "{'provider':'ollama','model':'qwen3:8b','usage':{'input_tokens':100,'output_tokens':20},"
                    + "'finish_reason':'stop','duration_ms':1200,'cost_usd':0.000123}",
            "{'provider':'ollama','model':'qwen3:8b'," + FAILURE + ",'duration_ms':12}",
            "{'id':'01890000-0000-7000-8000-000000000003','name':'out.md','kind':'document','media_type':'text/plain',"
                    + BLOB.substring(1),
            "{'level':'INFO','message':'hello'}",
            "{'manifest':" + BLOB + ",'files':3,'added':['new'],'modified':['old'],'removed':['gone'],'more':1}",
            "{'k':1}");

    @Test
    void facts_with_all_their_fields() {
        Iterator<String> expected = FULL.iterator();
        for (Fact fact : Samples.facts()) {
            check(fact, expected.next());
        }
        assertThat(expected).isExhausted();
    }

    @Test
    void absent_fields_are_absent() {
        Map<Fact, String> bare = Map.ofEntries(
                Map.entry(
                        new RunFact.Queued(Samples.PLAIN),
                        "{'workflow':'greet','version':'1','input':{},'queue':'default','priority':0,'labels':{},"
                                + "'seed':7}"),
                Map.entry(new RunFact.Recovered(Samples.N1, 1, null, 1), "{'node':'n1','epoch':1,'recoveries':1}"),
                Map.entry(new RunFact.Suspended(Waiting.PAUSED, null, Set.of(), null), "{'waiting':'PAUSED'}"),
                Map.entry(new RunFact.PauseRequested(null), "{}"),
                Map.entry(new RunFact.Unpaused(null), "{}"),
                Map.entry(new RunFact.CancelRequested(null, false), "{}"),
                Map.entry(new RunFact.Canceled(null), "{}"),
                Map.entry(
                        new RunFact.Signaled("go", Json.NULL, "user:ada"),
                        "{'name':'go','payload':null,'by':'user:ada'}"),
                Map.entry(new RunFact.Completed(Value.NULL), "{'output':null}"),
                Map.entry(new RunFact.Completed(Value.stored(Samples.BLOB)), "{'output_ref':" + BLOB + "}"),
                Map.entry(
                        new RunFact.Failed(new Failure("k", "m", false, null)),
                        "{'failure':{'kind':'k','message':'m','retryable':false}}"),
                Map.entry(Samples.started(Samples.A), "{'name':'a','kind':'step','attempt':1}"),
                Map.entry(
                        new StepFact.AttemptFailed(Samples.A, 2, Samples.BROKEN, null),
                        "{'attempt':2," + FAILURE + "}"),
                Map.entry(new StepFact.Completed(Samples.A, Value.NULL, 0, null), "{'result':null,'duration_ms':0}"),
                Map.entry(new StepFact.Canceled(Samples.A, null), "{}"),
                Map.entry(new StepFact.Skipped(Samples.A, "a", "step", null), "{'name':'a','kind':'step'}"),
                Map.entry(
                        new LlmNote.Completed(Samples.A, "p", "m", Usage.NONE, "other", 0, null),
                        "{'provider':'p','model':'m','usage':{'input_tokens':0,'output_tokens':0},"
                                + "'finish_reason':'other','duration_ms':0}"),
                Map.entry(new Note.Log(null, "WARN", ""), "{'level':'WARN','message':''}"));
        bare.forEach(WireFormatTest::check);
    }

    @Test
    void an_artifact_of_no_step_names_none() {
        Note note = new Note.ArtifactCreated(new ArtifactRow(
                ArtifactId.parse("01890000-0000-7000-8000-000000000003"), null, "n", "k", "t", Samples.BLOB));
        Event event = Samples.event(1, note);
        assertThat(event.step()).isNull();
        assertThat(FactCodec.decode(event)).isEqualTo(note);
    }

    @Test
    void the_actor_is_who_was_given() {
        assertThat(FactCodec.encode(Samples.LOG, Actor.user("ada")).actor()).isEqualTo(Actor.user("ada"));
        assertThat(FactCodec.encode(Samples.TOLD, Actor.user("ada")).actor()).isEqualTo(Actor.user("ada"));
    }

    /** Single quotes stand for double ones. */
    private static void check(Fact fact, String payload) {
        Event event = Samples.event(1, fact);
        assertThat(event.payload().text()).as(fact.type().name()).isEqualTo(payload.replace('\'', '"'));
        assertThat(event.type()).isEqualTo(fact.type());
        assertThat(event.step()).isEqualTo(fact.step());
        assertThat(FactCodec.decode(event)).isEqualTo(fact);
    }
}
