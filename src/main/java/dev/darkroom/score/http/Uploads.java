package dev.darkroom.score.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.http.MissingPartException;
import dev.darkroom.http.Upload;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.score.PictureFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** The files of a form in memory, which admission knows of until this is closed. */
final class Uploads implements AutoCloseable {
    private final List<Upload> uploads = new ArrayList<>();
    private final List<PictureFile> pictures = new ArrayList<>();

    private Uploads() {}

    /**
     * Reads what the framework has put on disk.
     *
     * @throws MissingPartException if there is not one reference and at least one candidate
     * @throws dev.darkroom.http.UploadTooLargeException if the files together are larger than the limit
     * @throws dev.darkroom.batching.QueueFullException if there is no memory for them
     */
    static Uploads receive(List<FileUpload> files, UploadLimit limit, Admission admission) throws IOException {
        List<FileUpload> references = named("reference", files);
        List<FileUpload> candidates = named("candidate", files);
        if (references.size() != 1) {
            throw new MissingPartException("the form must have one file part named reference");
        }
        if (candidates.isEmpty()) {
            throw new MissingPartException("the form must have at least one file part named candidate");
        }
        limit.check(references.get(0).size() + candidates.stream().mapToLong(FileUpload::size).sum());
        var uploads = new Uploads();
        try {
            uploads.add(references.get(0), "reference", limit, admission);
            for (FileUpload candidate : candidates) {
                uploads.add(candidate, "candidate-" + uploads.pictures.size(), limit, admission);
            }
            return uploads;
        } catch (IOException | RuntimeException e) {
            uploads.close();
            throw e;
        }
    }

    private static List<FileUpload> named(String name, List<FileUpload> files) {
        return files.stream().filter(file -> name.equals(file.name())).toList();
    }

    private void add(FileUpload part, String otherwise, UploadLimit limit, Admission admission) throws IOException {
        Upload upload = Upload.of(part.uploadedFile(), limit, admission);
        uploads.add(upload);
        pictures.add(new PictureFile(name(part.fileName(), otherwise), upload.file()));
    }

    /** Some clients send their own path; nobody needs to read that in an answer. */
    private static String name(String sent, String otherwise) {
        String name = sent == null ? "" : sent.substring(1 + Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')));
        return name.isBlank() ? otherwise : name;
    }

    PictureFile reference() {
        return pictures.get(0);
    }

    List<PictureFile> candidates() {
        return pictures.subList(1, pictures.size());
    }

    @Override
    public void close() {
        uploads.forEach(Upload::close);
    }
}
