package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path"
	"path/filepath"

	darkroom "github.com/darkroom/client"
)

var ctx = context.Background()

func client(key string) *darkroom.APIClient {
	configuration := darkroom.NewConfiguration()
	configuration.Servers = darkroom.ServerConfigurations{{URL: os.Getenv("DARKROOM_URL")}}
	configuration.AddDefaultHeader("X-API-Key", os.Getenv(key))
	return darkroom.NewAPIClient(configuration)
}

func picture(name string) *os.File {
	file, err := os.Open(filepath.Join(os.Getenv("PICTURES"), name))
	check(err)
	return file
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func save(content io.Reader, name string) {
	file, err := os.Create(name)
	check(err)
	_, err = io.Copy(file, content)
	check(err)
	check(file.Close())
}

func refused(err error) {
	var refusal *darkroom.GenericOpenAPIError
	if errors.As(err, &refusal) {
		problem := refusal.Model().(darkroom.Problem)
		fmt.Println(problem.Status, problem.Type)
	}
}

func main() {
	api := client("DARKROOM_KEY")
	restored, _, err := api.EnhanceAPI.Denoise(ctx).Image(picture("noisy.jpg")).Sigma(25).Execute()
	check(err)
	save(restored, "restored.jpg")

	report, _, err := api.ScoreAPI.Score(ctx).Reference(picture("original.png")).
		Candidate([]*os.File{picture("noisy.jpg"), picture("original.png")}).Metrics("psnr").Execute()
	check(err)
	first, second := report.Candidates[0].Metrics["psnr"], report.Candidates[1].Metrics["psnr"]
	fmt.Printf("psnr %.1f, %s\n", first.GetValue(), map[bool]string{true: "infinite", false: "finite"}[second.GetInfinite()])

	models, _, err := api.ModelsAPI.ListModels(ctx).Task(darkroom.DENOISE).Execute()
	check(err)
	for _, model := range models {
		fmt.Printf("%s %s [%.1f, %.1f]\n", model.Id, model.State, model.Manifest.Range[0], model.Manifest.Range[1])
	}

	_, accepted, err := api.EnhanceAPI.Denoise(ctx).Image(picture("noisy.jpg")).Prefer("respond-async").Execute()
	check(err)
	job, _, err := api.JobsAPI.GetJob(ctx, path.Base(accepted.Header.Get("Location"))).Prefer("wait=60").Execute()
	check(err)
	later, _, err := api.JobsAPI.GetJobResult(ctx, job.Id).Execute()
	check(err)
	save(later, "later.jpg")
	fmt.Println("job", job.State)

	_, _, err = api.EnhanceAPI.Denoise(ctx).Image(picture("damaged.jpg")).Execute()
	refused(err)
	frugal := client("DARKROOM_FRUGAL_KEY")
	frugal.ModelsAPI.ListModels(ctx).Execute()
	_, _, err = frugal.ModelsAPI.ListModels(ctx).Execute()
	refused(err)
}
