import { readFileSync, writeFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

const picture = (name: string) => new File([readFileSync(`${process.env.PICTURES}/${name}`)], name);
const client = (key: string) => createClient<paths>({ baseUrl: process.env.DARKROOM_URL, headers: { "X-API-Key": process.env[key] } });
// openapi-typescript takes bytes for text.
const bytes = (name: string) => ({ body: picture(name) as unknown as string, bodySerializer: (file: unknown) => file as File,
  headers: { "Content-Type": "application/octet-stream" } });

async function main() {
  const darkroom = client("DARKROOM_KEY");
  const restored = await darkroom.POST("/v1/denoise", { ...bytes("noisy.jpg"), params: { query: { sigma: 25 } }, parseAs: "arrayBuffer" });
  writeFileSync("restored.jpg", Buffer.from(restored.data as unknown as ArrayBuffer));

  const form = new FormData();
  form.append("reference", picture("original.png"));
  form.append("candidate", picture("noisy.jpg"));
  form.append("candidate", picture("original.png"));
  const report = await darkroom.POST("/v1/score", { params: { query: { metrics: "psnr" } },
    body: form as unknown as { reference: string; candidate: string[] }, bodySerializer: (body) => body as unknown as FormData });
  const [first, second] = (report.data as components["schemas"]["ScoreReport"]).candidates.map((candidate) => candidate.metrics["psnr"]!);
  console.log(`psnr ${first!.value!.toFixed(1)}, ${second!.infinite ? "infinite" : second!.value}`);

  const models = await darkroom.GET("/v1/models", { params: { query: { task: "denoise" } } });
  for (const model of models.data!) {
    const [low, high] = model.manifest!.range;
    console.log(model.id, model.state, `[${low!.toFixed(1)}, ${high!.toFixed(1)}]`);
  }

  const accepted = await darkroom.POST("/v1/denoise", { ...bytes("noisy.jpg"), params: { header: { Prefer: "respond-async" } } });
  const id = accepted.response.headers.get("Location")!.split("/").pop()!;
  const job = await darkroom.GET("/v1/jobs/{id}", { params: { path: { id }, header: { Prefer: "wait=60" } } });
  const later = await darkroom.GET("/v1/jobs/{id}/result", { params: { path: { id } }, parseAs: "arrayBuffer" });
  writeFileSync("later.jpg", Buffer.from(later.data as unknown as ArrayBuffer));
  console.log(`job ${job.data!.state}`);

  const damaged = await darkroom.POST("/v1/denoise", bytes("damaged.jpg"));
  console.log(damaged.error!.status, damaged.error!.type);
  const frugal = client("DARKROOM_FRUGAL_KEY");
  await frugal.GET("/v1/models");
  const spent = await frugal.GET("/v1/models");
  console.log(spent.error!.status, spent.error!.type);
}

main().catch((e) => { console.error(e); process.exit(1); });
