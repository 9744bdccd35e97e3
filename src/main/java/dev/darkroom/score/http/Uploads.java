package dev.darkroom.score.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.http.FileName;
import dev.darkroom.http.MissingPartException;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.body.Form;
import dev.darkroom.http.body.Upload;
import dev.darkroom.score.PictureFile;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a form in memory, which admission knows of until this is closed. */
final class Uploads implements AutoCloseable {
    private final List<Upload> uploads = new ArrayList<>();
    private final List<PictureFile> pictures = new ArrayList<>();

    private Uploads() {}

    /**
     * Those of a form that has arrived.
     *
     * @throws MissingPartException if there is not one reference and at least one candidate
     * @throws dev.darkroom.http.MalformedFormException if it is no form
     */
    static Uploads takenFrom(RoutingContext context) {
        Form form = Form.of(context);
        List<Form.File> references = named("reference", form);
        List<Form.File> candidates = named("candidate", form);
        if (references.size() != 1) {
            throw new MissingPartException("the form must have one file part named reference");
        }
        if (candidates.isEmpty()) {
            throw new MissingPartException("the form must have at least one file part named candidate");
        }
        var uploads = new Uploads();
        Upload whole = Upload.takenFrom(context);
        uploads.add(whole.only(references.get(0).bytes()), FileName.base(references.get(0).fileName(), "reference"));
        candidates.forEach(file -> uploads.add(whole.only(file.bytes()), FileName.base(file.fileName(), "candidate-" + uploads.pictures.size())));
        return uploads;
    }

    private static List<Form.File> named(String name, Form form) {
        return form.files().stream().filter(file -> name.equals(file.name())).toList();
    }

    /** What was kept of a form: the reference first. */
    static Uploads of(List<Path> files, List<String> names, UploadLimit limit, Admission admission) throws IOException {
        var uploads = new Uploads();
        try {
            for (int i = 0; i < files.size(); i++) {
                uploads.add(Upload.of(files.get(i), limit, admission), names.get(i));
            }
            return uploads;
        } catch (Throwable e) {
            uploads.close();
            throw e;
        }
    }

    private void add(Upload upload, String name) {
        uploads.add(upload);
        pictures.add(new PictureFile(name, upload.file()));
    }

    List<String> names() {
        return pictures.stream().map(PictureFile::name).toList();
    }

    List<ByteBuffer> files() {
        return uploads.stream().map(Upload::file).toList();
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
