package dev.agentrunner.benchmarks.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Java's own client, which takes more of the processor than wrk does. */
record JavaLoad() implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "java.net.http";
    }

    @Override
    public Figures on(Target target, int connections, Duration time) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.uri()).timeout(PATIENCE);
        if (target.posts()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(target.body()));
        }
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
        long begin = System.nanoTime();
        Caller caller = new Caller(client, request.build(), begin + time.toNanos());
        CompletableFuture.allOf(Stream.generate(caller::call).limit(connections).toArray(CompletableFuture[]::new))
                .join();
        return caller.figures(System.nanoTime() - begin);
    }

    /** All the connections; thread-safe. */
    private record Caller(
            HttpClient client, HttpRequest request, long end, ConcurrentLinkedQueue<Long> took, AtomicLong errors) {

        Caller(HttpClient client, HttpRequest request, long end) {
            this(client, request, end, new ConcurrentLinkedQueue<>(), new AtomicLong());
        }

        CompletableFuture<Void> call() {
            long begin = System.nanoTime();
            return client.sendAsync(request, BodyHandlers.discarding())
                    .handle((response, error) -> note(begin, response == null ? 0 : response.statusCode()))
                    .thenCompose(now -> now < end ? call() : CompletableFuture.completedFuture(null));
        }

        private long note(long begin, int status) {
            long now = System.nanoTime();
            took.add(now - begin);
            if (status < 200 || status > 299) {
                errors.incrementAndGet();
            }
            return now;
        }

        Figures figures(long nanos) {
            List<Long> sorted = new ArrayList<>(took);
            sorted.sort(null);
            return new Figures(
                    sorted.size() * 1e9 / nanos, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), errors.get());
        }

        private static double at(List<Long> sorted, double part) {
            return sorted.get((int) (part * (sorted.size() - 1))) / 1e6;
        }
    }
}
