import os
from darkroom import ApiClient, ApiException, Configuration, EnhanceApi, ModelsApi, ScoreApi

pictures = os.environ["PICTURES"]
noisy = open(f"{pictures}/noisy.jpg", "rb").read()
damaged = open(f"{pictures}/damaged.jpg", "rb").read()


def client(key):
    return ApiClient(Configuration(host=os.environ["DARKROOM_URL"], api_key={"key": os.environ[key]}))


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

refused(lambda: EnhanceApi(darkroom).denoise(damaged))
refused(lambda: [ModelsApi(client("DARKROOM_FRUGAL_KEY")).list_models() for _ in range(2)])
