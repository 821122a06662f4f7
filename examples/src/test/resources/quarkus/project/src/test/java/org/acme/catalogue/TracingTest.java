package org.acme.catalogue;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TracingTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @Inject
    InMemorySpanExporter exporter;

    @Test
    void a_search_is_a_span_below_its_operation_in_the_trace_of_the_caller() {
        String query = "query FindBooks { booksByAuthor(author: \"butler\") { title } }";

        given().contentType("application/json")
                .header("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01")
                .body(Map.of("query", query, "operationName", "FindBooks"))
                .post("/graphql")
                .then().statusCode(200);

        SpanData search = span("Catalogue.byAuthor");
        assertEquals("butler", search.getAttributes().get(AttributeKey.stringKey("book.author")));
        assertEquals(span("GraphQL:FindBooks").getSpanId(), search.getParentSpanId());
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE_ID) && span.getName().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("No span " + name));
    }

    /** Records every span as soon as it ends, so that the test needs no waiting. */
    static class SpanRecording {

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }

        @Produces
        @Singleton
        SpanProcessor processor(InMemorySpanExporter exporter) {
            return SimpleSpanProcessor.create(exporter);
        }
    }
}
