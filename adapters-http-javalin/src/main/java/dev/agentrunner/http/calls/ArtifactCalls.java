package dev.agentrunner.http.calls;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.ByteRange;
import dev.agentrunner.http.request.Disposition;
import dev.agentrunner.http.request.Etag;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.ArtifactJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows artifacts and gives their bytes. */
public final class ArtifactCalls {

    private final AgentRunner runner;
    private final RunCalls runs;

    public ArtifactCalls(AgentRunner runner, RunCalls runs) {
        this.runner = runner;
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/runs/{id}/artifacts", this::list),
                Route.get("/runs/{id}/artifacts/{aid}", this::one),
                Route.get("/runs/{id}/artifacts/{aid}/download", this::download));
    }

    private Answer list(Request request) {
        request.readsJson();
        request.query().only();
        RunId run = runs.view(request.run()).id();
        return Answer.json(
                Shown.items(runner.store().catalog().artifacts(run), each -> ArtifactJson.of(each, request.base())));
    }

    private Answer one(Request request) {
        request.readsJson();
        request.query().only();
        return Tagged.answer(request, ArtifactJson.of(find(request), request.base()));
    }

    private ArtifactView find(Request request) {
        Optional<ArtifactView> found;
        try {
            ArtifactId id = ArtifactId.parse(request.path("aid"));
            found = runner.store().catalog().artifact(request.run(), id);
        } catch (IllegalArgumentException e) {
            found = Optional.empty();
        }
        return found.orElseThrow(
                () -> Problem.of(Kind.UNKNOWN_ARTIFACT, "The run has no such artifact, or there is no such run"));
    }

    private Answer download(Request request) throws IOException {
        request.query().only();
        ArtifactRow artifact = find(request).artifact();
        Blob blob = artifact.blob();
        String tag = '"' + blob.sha256() + '"';
        if (Etag.matches(request.header("If-None-Match"), tag)) {
            return described(Answer.empty(304), artifact, tag);
        }
        String ifRange = request.header("If-Range");
        String asked = ifRange == null || ifRange.equals(tag) ? request.header("Range") : null;
        Optional<ByteRange> part = ByteRange.of(asked, blob.size());
        ByteRange range = part.orElse(new ByteRange(0, blob.size()));
        Answer.Streamed bytes = new Answer.Streamed(
                Disposition.mediaType(artifact.mediaType()),
                range.length(),
                runner.artifacts().open(blob, range.offset(), range.length()));
        Answer answer = described(new Answer(part.isPresent() ? 206 : 200, Map.of(), bytes), artifact, tag);
        return part.isPresent() ? answer.header("Content-Range", range.header(blob.size())) : answer;
    }

    private static Answer described(Answer answer, ArtifactRow artifact, String tag) {
        return answer.header("ETag", tag)
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, no-cache")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Content-Disposition", Disposition.header(artifact.name(), artifact.mediaType()));
    }
}
