package dev.darkroom.compare;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Variants;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.score.PictureFile;
import dev.darkroom.score.Scorer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares checkpoints on a picture: everything that can be refused from headers alone is refused before a pixel is decoded, and all of
 * the work is admitted at once.
 */
public final class Comparer {
    /** Somewhat less than an array holds. */
    private static final long LONGEST_ANSWER_BYTES = 2_000_000_000;

    private final Enhancer enhancer;
    private final Scorer scorer;
    private final Admission admission;

    public Comparer(Enhancer enhancer, Scorer scorer, Admission admission) {
        this.enhancer = enhancer;
        this.scorer = scorer;
        this.admission = admission;
    }

    /** {@link #compare(PictureFile, Optional, CompareRequest, Duration)} within the service's limit of time. */
    public Comparison compare(PictureFile picture, Optional<PictureFile> reference, CompareRequest request) {
        return compare(picture, reference, request, enhancer.settings().timeout());
    }

    /**
     * Starts a comparison.
     *
     * @param reference what the results are measured against
     * @throws RuntimeException one of the typed failures of {@code enhance}, {@code score} and what is below them if it is refused
     */
    public Comparison compare(PictureFile picture, Optional<PictureFile> reference, CompareRequest request, Duration limit) {
        Deadline deadline = request.restoring().deadline(limit);
        Variants variants = enhancer.variants(picture.bytes(), request.restoring(), models(request), deadline);
        try {
            if (request.pictures()) {
                requireOneAnswer(variants);
            }
            Work restoring = variants.work(request.pictures() ? 3 : 1); // they are put into a container, and that is sent
            Work all = enhancer.settings().fitting(reference.map(file -> both(restoring, measuring(file, variants, request))).orElse(restoring));
            Admission.Permit permit = admission.admit(all, deadline);
            try {
                variants.admitted();
                var share = new Share(restoring.time(), all.time(), permit::left);
                return new Comparison(picture, reference, request, variants, scorer, deadline, permit, share).start();
            } catch (Throwable e) {
                permit.close();
                throw e;
            }
        } catch (Throwable e) {
            variants.close();
            throw e;
        }
    }

    public Admission admission() {
        return admission;
    }

    /** The networks that metrics run on. */
    public FeatureNetworks networks() {
        return scorer.networks();
    }

    private List<ModelRequest> models(CompareRequest request) {
        List<ModelRequest> models = request.models().isEmpty() ? enhancer.offered(request.restoring().first()) : request.models();
        return models.isEmpty() ? List.of(new ModelRequest.Default()) : models; // which says why there is none
    }

    private static void requireOneAnswer(Variants variants) {
        if (variants.bytesOfResults() > LONGEST_ANSWER_BYTES) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "%d results of %.1f megapixels do not go into one answer; ask for the report alone, "
                    + "or for fewer", variants.count(), variants.resultHeader().pixels() / 1e6));
        }
    }

    private Work measuring(PictureFile reference, Variants variants, CompareRequest request) {
        ImageHeader result = variants.resultHeader();
        ImageHeader header = scorer.header(reference, result);
        return scorer.work(header, Collections.nCopies(variants.count(), result), request.scoring().orElseThrow());
    }

    /** One after the other. */
    private static Work both(Work restoring, Work measuring) {
        return new Work(Math.max(restoring.pixels(), measuring.pixels()), restoring.bytes() + measuring.bytes(), restoring.time().plus(measuring.time()));
    }
}
