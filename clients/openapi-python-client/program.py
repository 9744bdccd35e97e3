import io
import os
from darkroom import AuthenticatedClient
from darkroom.api.enhance import denoise
from darkroom.api.jobs import get_job, get_job_result
from darkroom.api.models import list_models
from darkroom.api.score import score
from darkroom.models import ScoreForm, Task
from darkroom.types import File


def client(key):
    return AuthenticatedClient(os.environ["DARKROOM_URL"], os.environ[key], auth_header_name="X-API-Key", prefix="", timeout=60)


def picture(name):
    return File(io.BytesIO(open(f"{os.environ['PICTURES']}/{name}", "rb").read()), name, "application/octet-stream")


darkroom = client("DARKROOM_KEY")
open("restored.jpg", "wb").write(denoise.sync_detailed(client=darkroom, body=picture("noisy.jpg"), sigma=25).content)

pair = ScoreForm(reference=picture("original.png"), candidate=[picture("noisy.jpg"), picture("original.png")])
report = score.sync(client=darkroom, body=pair, metrics="psnr")
first, second = (candidate.metrics["psnr"] for candidate in report.candidates)
print(f"psnr {first.value:.1f}, {'infinite' if second.infinite else second.value}")

for model in list_models.sync(client=darkroom, task=Task.DENOISE):
    print(model.id, model.state.value, model.manifest.range_)

address = denoise.sync_detailed(client=darkroom, body=picture("noisy.jpg"), prefer="respond-async").headers["Location"]
job = get_job.sync(address.rsplit("/")[-1], client=darkroom, prefer="wait=60")
open("later.jpg", "wb").write(get_job_result.sync_detailed(job.id, client=darkroom).content)
print("job", job.state.value)

refusal = denoise.sync(client=darkroom, body=picture("damaged.jpg"))
print(refusal.status, refusal.type_)
refusal = [list_models.sync(client=client("DARKROOM_FRUGAL_KEY")) for _ in range(2)][1]
print(refusal.status, refusal.type_)
