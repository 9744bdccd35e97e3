import dev.darkroom.client.apis.EnhanceApi
import dev.darkroom.client.apis.JobsApi
import dev.darkroom.client.apis.ModelsApi
import dev.darkroom.client.apis.ScoreApi
import dev.darkroom.client.infrastructure.ApiClient
import dev.darkroom.client.infrastructure.ClientError
import dev.darkroom.client.infrastructure.ClientException
import dev.darkroom.client.infrastructure.Serializer
import dev.darkroom.client.models.Problem
import dev.darkroom.client.models.Task
import java.io.File
import java.util.Locale

val url: String = System.getenv("DARKROOM_URL")

fun picture(name: String) = File(System.getenv("PICTURES"), name)

fun refused(call: () -> Unit) = try {
    call()
} catch (e: ClientException) {
    val problem = Serializer.moshi.adapter(Problem::class.java).fromJson((e.response as ClientError<*>).body as String)!!
    println("${problem.status} ${problem.type}")
}

fun main() {
    ApiClient.apiKey["X-API-Key"] = System.getenv("DARKROOM_KEY")
    EnhanceApi(url).denoise(picture("noisy.jpg"), sigma = 25.0).copyTo(File("restored.jpg"), overwrite = true)

    val report = ScoreApi(url).score(picture("original.png"), listOf(picture("noisy.jpg"), picture("original.png")), metrics = "psnr")
    val (first, second) = report.candidates.map { it.metrics["psnr"]!! }
    println("psnr %.1f, %s".format(Locale.ROOT, first.value, if (second.infinite == true) "infinite" else second.value))

    ModelsApi(url).listModels(task = Task.denoise).forEach { println("${it.id} ${it.state} ${it.manifest!!.range}") }

    val address = EnhanceApi(url).denoiseWithHttpInfo(picture("noisy.jpg"), null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, prefer = "respond-async", idempotencyKey = null)
        .headers.entries.first { it.key.equals("Location", ignoreCase = true) }.value.first()
    val job = JobsApi(url).getJob(address.substringAfterLast('/'), "wait=60")
    JobsApi(url).getJobResult(job.id).copyTo(File("later.jpg"), overwrite = true)
    println("job ${job.state}")

    refused { EnhanceApi(url).denoise(picture("damaged.jpg")) }
    ApiClient.apiKey["X-API-Key"] = System.getenv("DARKROOM_FRUGAL_KEY")
    refused { repeat(2) { ModelsApi(url).listModels() } }
}
