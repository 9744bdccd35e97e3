package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"

	"example.org/program/darkroom"
)

var ctx = context.Background()

func client(key string) *darkroom.ClientWithResponses {
	withKey := func(_ context.Context, request *http.Request) error {
		request.Header.Set("X-API-Key", os.Getenv(key))
		return nil
	}
	client, err := darkroom.NewClientWithResponses(os.Getenv("DARKROOM_URL"), darkroom.WithRequestEditorFn(withKey))
	check(err)
	return client
}

func picture(name string) []byte {
	content, err := os.ReadFile(filepath.Join(os.Getenv("PICTURES"), name))
	check(err)
	return content
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func denoise(name string, prefer string) *darkroom.DenoiseResponse {
	sigma := 25.0
	response, err := client("DARKROOM_KEY").DenoiseWithBodyWithResponse(ctx, &darkroom.DenoiseParams{Sigma: &sigma, Prefer: &prefer},
		"application/octet-stream", bytes.NewReader(picture(name)))
	check(err)
	return response
}

func main() {
	check(os.WriteFile("restored.jpg", denoise("noisy.jpg", "wait=60").Body, 0o644))

	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for _, part := range [][2]string{{"reference", "original.png"}, {"candidate", "noisy.jpg"}, {"candidate", "original.png"}} {
		file, err := parts.CreateFormFile(part[0], part[1])
		check(err)
		file.Write(picture(part[1]))
	}
	check(parts.Close())
	metrics := "psnr"
	report, err := client("DARKROOM_KEY").ScoreWithBodyWithResponse(ctx, &darkroom.ScoreParams{Metrics: &metrics}, parts.FormDataContentType(), &form)
	check(err)
	first, second := report.JSON200.Candidates[0].Metrics["psnr"], report.JSON200.Candidates[1].Metrics["psnr"]
	fmt.Printf("psnr %.1f, %s\n", *first.Value, map[bool]string{true: "infinite", false: "finite"}[*second.Infinite])

	task := darkroom.Denoise
	models, err := client("DARKROOM_KEY").ListModelsWithResponse(ctx, &darkroom.ListModelsParams{Task: &task})
	check(err)
	for _, model := range *models.JSON200 {
		fmt.Printf("%s %s [%.1f, %.1f]\n", model.Id, model.State, model.Manifest.Range[0], model.Manifest.Range[1])
	}

	accepted := denoise("noisy.jpg", "respond-async").HTTPResponse
	wait := "wait=60"
	job, err := client("DARKROOM_KEY").GetJobWithResponse(ctx, path.Base(accepted.Header.Get("Location")), &darkroom.GetJobParams{Prefer: &wait})
	check(err)
	later, err := client("DARKROOM_KEY").GetJobResultWithResponse(ctx, job.JSON200.Id)
	check(err)
	check(os.WriteFile("later.jpg", later.Body, 0o644))
	fmt.Println("job", job.JSON200.State)

	damaged := denoise("damaged.jpg", "wait=60").ApplicationproblemJSON422
	fmt.Println(damaged.Status, damaged.Type)
	frugal := client("DARKROOM_FRUGAL_KEY")
	frugal.ListModelsWithResponse(ctx, nil)
	spent, err := frugal.ListModelsWithResponse(ctx, nil)
	check(err)
	fmt.Println(spent.ApplicationproblemJSON429.Status, spent.ApplicationproblemJSON429.Type)
}
