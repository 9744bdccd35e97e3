package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Timing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The steps of a request as spans below the request's own, under the names that {@code Server-Timing} has.
 *
 * <p>They are made when the answer is there, from times that are taken anyway: threads of codecs and devices, which work on
 * several requests at once, need not know of traces.
 */
@ApplicationScoped
class StepSpans {
    private final Tracer tracer;

    StepSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A request that may be traced, on the thread that received it. */
    Trace of(String task) {
        Context request = Context.current();
        Span.fromContext(request).setAttribute("darkroom.task", task);
        return new Trace(request);
    }

    /** One request's trace; nothing is kept of one that is not sampled. */
    final class Trace {
        private final Context request;

        private Trace(Context request) {
            this.request = request;
        }

        void answered(EnhanceResult result) {
            Span span = Span.fromContext(request);
            span.setAttribute("darkroom.model", each(result, EnhanceResult.Step::checkpoint));
            span.setAttribute("darkroom.device", each(result, EnhanceResult.Step::device));
            span.setAttribute("darkroom.tiles", result.timing().tiles());
            span.setAttribute("darkroom.batches", result.timing().batches());
            steps(result.timing());
        }

        private static String each(EnhanceResult result, Function<EnhanceResult.Step, String> what) {
            return result.steps().stream().map(what).distinct().collect(Collectors.joining(", "));
        }

        void refused(Throwable failure) {
            Span.fromContext(request).setAttribute("error.type", failure.getClass().getSimpleName());
        }

        void failed(Throwable failure, Timing timing) {
            refused(failure);
            steps(timing);
        }

        private void steps(Timing timing) {
            if (Span.fromContext(request).isRecording()) {
                timing.laps().forEach(lap -> tracer.spanBuilder(lap.label()).setParent(request)
                        .setStartTimestamp(lap.from()).startSpan().end(lap.to()));
            }
        }
    }
}
