import { readFileSync, writeFileSync } from "node:fs";
import { Configuration, EnhanceApi, JobsApi, ModelsApi, Problem, ResponseError, ScoreApi } from "./index";

const picture = (name: string) => new File([readFileSync(`${process.env.PICTURES}/${name}`)], name);
const configured = (key: string) => new Configuration({ basePath: process.env.DARKROOM_URL, apiKey: process.env[key] });

async function refused(call: () => Promise<unknown>) {
  try {
    await call();
  } catch (e) {
    const problem: Problem = await (e as ResponseError).response.json();
    console.log(problem.status, problem.type);
  }
}

async function main() {
  const enhance = new EnhanceApi(configured("DARKROOM_KEY"));
  const restored = await enhance.denoise({ image: picture("noisy.jpg"), sigma: 25 });
  writeFileSync("restored.jpg", Buffer.from(await restored.arrayBuffer()));

  const report = await new ScoreApi(configured("DARKROOM_KEY")).score({
    reference: picture("original.png"), candidate: [picture("noisy.jpg"), picture("original.png")], metrics: "psnr" });
  const [first, second] = report.candidates.map((candidate) => candidate.metrics["psnr"]!);
  console.log(`psnr ${first!.value!.toFixed(1)}, ${second!.infinite ? "infinite" : second!.value}`);

  for (const model of await new ModelsApi(configured("DARKROOM_KEY")).listModels({ task: "denoise" })) {
    const [low, high]: number[] = model.manifest!.range;
    console.log(model.id, model.state, `[${low!.toFixed(1)}, ${high!.toFixed(1)}]`);
  }

  const accepted = await enhance.denoiseRaw({ image: picture("noisy.jpg"), prefer: "respond-async" });
  const jobs = new JobsApi(configured("DARKROOM_KEY"));
  const job = await jobs.getJob({ id: accepted.raw.headers.get("Location")!.split("/").pop()!, prefer: "wait=60" });
  writeFileSync("later.jpg", Buffer.from(await (await jobs.getJobResult({ id: job.id })).arrayBuffer()));
  console.log(`job ${job.state}`);

  await refused(() => enhance.denoise({ image: picture("damaged.jpg") }));
  const frugal = new ModelsApi(configured("DARKROOM_FRUGAL_KEY"));
  await refused(async () => { await frugal.listModels(); await frugal.listModels(); });
}

main().catch((e) => { console.error(e); process.exit(1); });
