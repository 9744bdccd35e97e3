import os
from darkroom import ApiClient, ApiException, Configuration, EnhanceApi, JobsApi, ModelsApi, ScoreApi

pictures = os.environ["PICTURES"]
noisy = open(f"{pictures}/noisy.jpg", "rb").read()
damaged = open(f"{pictures}/damaged.jpg", "rb").read()


def client(key):
    return ApiClient(Configuration(host=os.environ["DARKROOM_URL"], api_key={"key": os.environ[key]}, retries=False))


def refused(call):
    try:
        call()
    except ApiException as e:
        print(e.status, e.data.type)


darkroom = client("DARKROOM_KEY")
open("restored.jpg", "wb").write(EnhanceApi(darkroom).denoise(noisy, sigma=25))

report = ScoreApi(darkroom).score(f"{pictures}/original.png", [f"{pictures}/noisy.jpg", f"{pictures}/original.png"], metrics="psnr")
first, second = (candidate.metrics["psnr"] for candidate in report.candidates)
print(f"psnr {first.value:.1f}, {'infinite' if second.infinite else second.value}")

for model in ModelsApi(darkroom).list_models(task="denoise"):
    print(model.id, model.state.value, model.manifest.range)

address = EnhanceApi(darkroom).denoise_with_http_info(noisy, prefer="respond-async").headers["Location"]
job = JobsApi(darkroom).get_job(address.rsplit("/")[-1], prefer="wait=60")
open("later.jpg", "wb").write(JobsApi(darkroom).get_job_result(job.id))
print("job", job.state)

refused(lambda: EnhanceApi(darkroom).denoise(damaged))
refused(lambda: [ModelsApi(client("DARKROOM_FRUGAL_KEY")).list_models() for _ in range(2)])
