package dev.darkroom.image.file;

import java.util.Arrays;
import java.util.Optional;

/** Formats that are known by their first bytes and not read. */
enum OtherFormat {
    GIF(0, "GIF8", "GIFs are not supported: they hold animations and at most 256 colours"),
    AVIF(4, "ftypavi", "AVIF images are not supported; convert the image to PNG or JPEG"),
    HEIC(4, "ftyphe", "HEIC images are not supported; convert the image to PNG or JPEG"),
    HEIF(4, "ftypm", "HEIF images are not supported; convert the image to PNG or JPEG"),
    JPEG_XL(0, "\u00ff\n", "JPEG XL images are not supported; convert the image to PNG or JPEG"),
    JPEG_XL_BOXED(4, "JXL ", "JPEG XL images are not supported; convert the image to PNG or JPEG"),
    JPEG_2000(4, "jP  ", "JPEG 2000 images are not supported; convert the image to PNG or JPEG"),
    BIG_TIFF(0, "II+\0", "BigTIFFs are not supported; write the image as a TIFF of less than 4 GB"),
    BIG_TIFF_BIG_ENDIAN(0, "MM\0+", "BigTIFFs are not supported; write the image as a TIFF of less than 4 GB"),
    PSD(0, "8BPS", "Photoshop documents are not supported; export the image as PNG or TIFF"),
    PDF(0, "%PDF", "PDFs are not supported; export the image as PNG or JPEG");

    private final int at;
    private final String magic;
    private final String refusal;

    OtherFormat(int at, String magic, String refusal) {
        this.at = at;
        this.magic = magic;
        this.refusal = refusal;
    }

    static Optional<OtherFormat> of(ByteReader file) {
        return Arrays.stream(values()).filter(format -> file.has(format.at, format.magic)).findFirst();
    }

    String refusal() {
        return refusal;
    }
}
