package dev.darkroom.compare.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.http.FileName;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.body.Form;
import dev.darkroom.http.body.Upload;
import dev.darkroom.score.PictureFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is sent to be compared, in memory, which admission knows of until this is closed: a picture and, if there is one, its reference. */
record Pair(Upload image, String imageName, Optional<Upload> original, String originalName) implements AutoCloseable {

    static Pair of(Upload image, String name) {
        return new Pair(image, name, Optional.empty(), "");
    }

    /** Parts of one upload, which live and end with the whole. */
    static Pair of(Upload whole, Form.File image, Optional<Form.File> original) {
        return new Pair(whole.only(image.bytes()), FileName.base(image.fileName(), image.name()), original.map(part -> whole.only(part.bytes())),
                original.map(part -> FileName.base(part.fileName(), part.name())).orElse(""));
    }

    /** Files on disk, the picture first. */
    static Pair of(List<Path> files, List<String> names, UploadLimit limit, Admission admission) throws IOException {
        Upload image = Upload.of(files.get(0), limit, admission);
        if (files.size() == 1) {
            return of(image, names.get(0));
        }
        try {
            return new Pair(image, names.get(0), Optional.of(Upload.of(files.get(1), limit, admission)), names.get(1));
        } catch (Throwable e) {
            image.close();
            throw e;
        }
    }

    PictureFile picture() {
        return new PictureFile(imageName, image.file());
    }

    Optional<PictureFile> reference() {
        return original.map(upload -> new PictureFile(originalName, upload.file()));
    }

    List<String> names() {
        return original.isPresent() ? List.of(imageName, originalName) : List.of(imageName);
    }

    List<ByteBuffer> files() {
        return Stream.concat(Stream.of(image), original.stream()).map(Upload::file).toList();
    }

    @Override
    public void close() {
        image.close();
        original.ifPresent(Upload::close);
    }
}
