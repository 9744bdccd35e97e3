package dev.darkroom.enhance;

import dev.darkroom.image.Coding;
import dev.darkroom.image.TargetSize;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.util.List;
import java.util.Optional;

/**
 * How the answer is to be written.
 *
 * @param formats  of which it has one: the upload's own, or PNG for a mosaic, if it is among them, else the first; empty: any
 * @param coding   how the format is to store its samples
 * @param size     that it is to have in the end; empty: what the steps make of it
 * @param metadata what becomes of EXIF, XMP and IPTC
 */
public record AnswerRequest(List<ImageFormat> formats, Coding coding, Optional<TargetSize> size, MetadataPolicy metadata) {
    public static final AnswerRequest DEFAULT = new AnswerRequest(List.of(), Coding.DEFAULT, Optional.empty(), MetadataPolicy.KEEP);

    public AnswerRequest {
        formats = List.copyOf(formats);
    }
}
