package dev.darkroom.enhance.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.http.Choice;
import dev.darkroom.http.Query;
import dev.darkroom.http.body.Upload;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The query parameters of an enhancement, as text: what cannot be read is a 400 that names the parameter. */
public final class EnhanceParameters {
    private final Query query;
    private final String accept;

    /** @param accept the request's header, or null if it says nothing of the picture's format */
    public EnhanceParameters(Query query, String accept) {
        this.query = query;
        this.accept = accept;
    }

    /** @throws EnhanceParameterException naming the first parameter that cannot be understood */
    public EnhanceRequest request(Task task) {
        return request(List.of(StepParameters.of(task, query)));
    }

    /**
     * The tasks that {@code steps} lists.
     *
     * @throws EnhanceParameterException naming the first parameter that cannot be understood
     */
    EnhanceRequest requestOfSteps() {
        String steps = query.get("steps").orElseThrow(() -> new EnhanceParameterException("steps must name at least one task"));
        return request(Choice.list("steps", steps).stream().map(StepParameters::of).toList());
    }

    private EnhanceRequest request(List<StepRequest> steps) {
        page(); // read when the file is there
        return new EnhanceRequest(steps, AnswerParameters.of(query, accept), Numbers.whole(query, "timeout").map(Duration::ofMillis));
    }

    /** The part of an upload that is wanted: all of it, or one of its pages, which takes its place. */
    Upload wanted(Upload upload, Admission admission) {
        return page().map(number -> upload.made((file, room) -> ImageFile.of(file).page(number, room), admission)).orElse(upload);
    }

    private Optional<Integer> page() {
        Optional<Integer> page = Numbers.small(query, "page");
        if (page.filter(number -> number < 1).isPresent()) {
            throw new EnhanceParameterException("page must be 1 or more");
        }
        return page;
    }
}
