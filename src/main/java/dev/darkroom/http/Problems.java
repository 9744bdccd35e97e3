package dev.darkroom.http;

import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.DeadlineUnreachableException;
import dev.darkroom.batching.NoDeviceException;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.batching.QueueClosedException;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.UnfitImageException;
import dev.darkroom.image.OutputException;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.inference.InferenceFailedException;
import dev.darkroom.job.InvalidKeyException;
import dev.darkroom.job.JobGivenUpException;
import dev.darkroom.job.JobUnfinishedException;
import dev.darkroom.job.KeyReusedException;
import dev.darkroom.job.TooManyJobsException;
import dev.darkroom.loss.UnknownMeasureException;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.model.InvalidModelRequestException;
import dev.darkroom.model.store.ModelNotReadyException;
import dev.darkroom.model.store.UnknownModelException;
import dev.darkroom.score.DifferentSizesException;
import dev.darkroom.score.PartException;
import dev.darkroom.score.ScoreParameterException;
import dev.darkroom.score.TransparentImageException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The one table from failures to HTTP. */
public final class Problems {
    private static final Duration WHILE_STARTING = Duration.ofSeconds(5);
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad request", 401, "Unauthorized", 403, "Forbidden", 404, "Not found", 405, "Method not allowed",
            406, "Not acceptable", 413, "Upload too large", 415, "Unsupported media type");

    private record Row(Class<? extends Throwable> failure, int status, String name, String title, Optional<Duration> retryAfter) {
        Row(Class<? extends Throwable> failure, int status, String name, String title) {
            this(failure, status, name, title, Optional.empty());
        }
    }

    private static final Row[] ROWS = {
        new Row(EnhanceParameterException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(OutputException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(ScoreParameterException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(InvalidQueryException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(InvalidKeyException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(MissingPartException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(MalformedFormException.class, 400, "malformed-form", "Malformed form"),
        new Row(InvalidModelRequestException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(UnknownMeasureException.class, 400, "unknown-metric", "Unknown metric"),
        new Row(MeasureOptionException.class, 400, "invalid-parameter", "Invalid parameter"),
        new Row(NotAuthenticatedException.class, 401, "not-authenticated", "Not authenticated"),
        new Row(NotPermittedException.class, 403, "not-permitted", "Not permitted"),
        new Row(ForeignPageException.class, 403, "foreign-page", "Foreign page"),
        new Row(UnknownModelException.class, 404, "unknown-model", "Unknown model"),
        new Row(MethodNotAllowedException.class, 405, "method-not-allowed", "Method not allowed"),
        new Row(UploadTooSlowException.class, 408, "upload-too-slow", "Upload too slow"),
        new Row(JobUnfinishedException.class, 409, "job-unfinished", "Job unfinished"),
        new Row(UploadTooLargeException.class, 413, "upload-too-large", "Upload too large"),
        new Row(UnsupportedImageException.class, 415, "unsupported-image", "Unsupported image"),
        new Row(EncodedUploadException.class, 415, "unsupported-encoding", "Unsupported encoding"),
        new Row(DamagedImageException.class, 422, "damaged-image", "Damaged image"),
        new Row(ImageTooLargeException.class, 422, "image-too-large", "Image too large"),
        new Row(UnfitImageException.class, 422, "unfit-image", "Unfit image"),
        new Row(DifferentSizesException.class, 422, "different-sizes", "Different sizes"),
        new Row(TransparentImageException.class, 422, "transparent-image", "Transparent image"),
        new Row(KeyReusedException.class, 422, "idempotency-key-reused", "Idempotency key reused"),
        new Row(QueueFullException.class, 429, "queue-full", "Queue full"),
        new Row(TooManyUploadsException.class, 429, "too-many-uploads", "Too many uploads"),
        new Row(TooManyJobsException.class, 429, "too-many-jobs", "Too many jobs"),
        new Row(AllowanceSpentException.class, 429, "allowance-spent", "Allowance spent"),
        new Row(ModelNotReadyException.class, 503, "model-not-ready", "Model not ready", Optional.of(WHILE_STARTING)),
        new Row(NotReadyException.class, 503, "not-ready", "Not ready", Optional.of(WHILE_STARTING)),
        new Row(QueueClosedException.class, 503, "not-ready", "Not ready", Optional.of(WHILE_STARTING)),
        new Row(NoDeviceException.class, 503, "no-device", "No device", Optional.of(WHILE_STARTING)),
        new Row(DeadlineUnreachableException.class, 504, "deadline-unreachable", "Deadline unreachable"),
        new Row(DeadlineExceededException.class, 504, "deadline-exceeded", "Deadline exceeded"),
        new Row(JobGivenUpException.class, 500, "job-given-up", "Job given up"),
        new Row(InferenceFailedException.class, 500, "inference-failed", "Inference failed"),
    };

    private Problems() {}

    public static Problem.Answer of(Throwable failure) {
        Throwable kind = failure instanceof PartException part ? part.getCause() : failure;
        for (Row row : ROWS) {
            if (row.failure.isInstance(kind)) {
                Problem problem = Problem.of(row.status, row.name, row.title, sentence(failure.getMessage()));
                return new Problem.Answer(problem, headers(failure, row));
            }
        }
        if (failure instanceof WebApplicationException web && TITLES.containsKey(web.getResponse().getStatus())) {
            return new Problem.Answer(ofStatus(web.getResponse().getStatus()), Map.of());
        }
        Problem fault = Problem.of(500, "internal", "Internal error", "The service failed. The request id finds the reason in its log.");
        return new Problem.Answer(fault, Map.of());
    }

    private static Problem ofStatus(int status) {
        String title = TITLES.get(status);
        String detail = switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take that method.";
            case 406 -> "The request accepts no media type that this address answers with.";
            case 415 -> "Send the image's bytes as the body, or multipart/form-data with a file part for each image.";
            default -> "A parameter cannot be read as what it should be.";
        };
        return Problem.of(status, title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'), title, detail);
    }

    private static Map<String, String> headers(Throwable failure, Row row) {
        if (failure instanceof NotAuthenticatedException stranger) {
            return Map.of("WWW-Authenticate", stranger.challenge());
        }
        if (failure instanceof MethodNotAllowedException other) {
            return Map.of("Allow", other.allowed());
        }
        if (failure instanceof EncodedUploadException) {
            return Map.of("Accept-Encoding", "identity");
        }
        return retryAfter(failure).or(row::retryAfter)
                .map(wait -> Map.of("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())))).orElse(Map.of());
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        if (failure instanceof AllowanceSpentException spent) {
            return Optional.of(spent.retryAfter());
        }
        if (failure instanceof TooManyUploadsException arriving) {
            return Optional.of(arriving.retryAfter());
        }
        if (failure instanceof TooManyJobsException many) {
            return Optional.of(many.retryAfter());
        }
        if (failure instanceof JobUnfinishedException unfinished) {
            return Optional.of(unfinished.retryAfter());
        }
        return failure instanceof QueueFullException full ? Optional.of(full.retryAfter()) : Optional.empty();
    }

    /** A sentence that begins with the name of an option, such as pdl.p, leaves it as it is. */
    private static String sentence(String message) {
        boolean name = message.split(" ", 2)[0].matches(".+\\..+");
        String capital = name ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }
}
