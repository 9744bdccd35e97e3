import dev.darkroom.client.ApiClient;
import dev.darkroom.client.ApiException;
import dev.darkroom.client.api.EnhanceApi;
import dev.darkroom.client.api.JobsApi;
import dev.darkroom.client.api.ModelsApi;
import dev.darkroom.client.api.ScoreApi;
import dev.darkroom.client.model.Job;
import dev.darkroom.client.model.Model;
import dev.darkroom.client.model.Problem;
import dev.darkroom.client.model.ScoreReport;
import dev.darkroom.client.model.ScoreResult;
import dev.darkroom.client.model.Task;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

public final class Program {
    private interface Call {
        Object run() throws ApiException;
    }

    public static void main(String[] args) throws Exception {
        ApiClient darkroom = client("DARKROOM_KEY");
        var enhance = new EnhanceApi(darkroom);
        File restored = enhance.denoise(picture("noisy.jpg"), null, 25.0, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        Files.copy(restored.toPath(), Path.of("restored.jpg"), StandardCopyOption.REPLACE_EXISTING);

        ScoreReport report = new ScoreApi(darkroom).score(picture("original.png"), List.of(picture("noisy.jpg"), picture("original.png")),
                "psnr", null, null, null, null, null, null);
        ScoreResult first = report.getCandidates().get(0).getMetrics().get("psnr");
        ScoreResult second = report.getCandidates().get(1).getMetrics().get("psnr");
        System.out.printf(Locale.ROOT, "psnr %.1f, %s%n", first.getValue(), second.getInfinite() ? "infinite" : second.getValue());

        for (Model model : new ModelsApi(darkroom).listModels(Task.DENOISE, null)) {
            System.out.println(model.getId() + " " + model.getState() + " " + model.getManifest().getRange());
        }

        String address = enhance.denoiseWithHttpInfo(picture("noisy.jpg"), null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, "respond-async", null)
                .getHeaders().get("location").get(0);
        var jobs = new JobsApi(darkroom);
        Job job = jobs.getJob(address.substring(address.lastIndexOf('/') + 1), "wait=60");
        Files.copy(jobs.getJobResult(job.getId()).toPath(), Path.of("later.jpg"), StandardCopyOption.REPLACE_EXISTING);
        System.out.println("job " + job.getState());

        refused(darkroom, () -> enhance.denoise(picture("damaged.jpg"), null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null));
        var frugal = new ModelsApi(client("DARKROOM_FRUGAL_KEY"));
        refused(darkroom, () -> List.of(frugal.listModels(null, null), frugal.listModels(null, null)));
    }

    private static ApiClient client(String key) {
        var client = new ApiClient();
        client.updateBaseUri(System.getenv("DARKROOM_URL"));
        return client.setRequestInterceptor(request -> request.header("X-API-Key", System.getenv(key)));
    }

    private static File picture(String name) {
        return Path.of(System.getenv("PICTURES"), name).toFile();
    }

    private static void refused(ApiClient client, Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException e) {
            Problem problem = client.getObjectMapper().readValue(e.getResponseBody(), Problem.class);
            System.out.println(problem.getStatus() + " " + problem.getType());
        }
    }
}
