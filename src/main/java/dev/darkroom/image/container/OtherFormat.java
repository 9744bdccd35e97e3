package dev.darkroom.image.container;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Formats that are known by their first bytes and not read. */
enum OtherFormat {
    MP4_VIDEO("this is an MP4 video; a picture of it is needed", 4, "ftypiso", "ftypmp4", "ftypM4V", "ftypavc", "ftypdash", "ftyp3g"),
    QUICKTIME_VIDEO("this is a QuickTime video; a picture of it is needed", 4, "ftypqt", "moov", "mdat", "wide"),
    OTHER_VIDEO("this is a video; a picture of it is needed", 0, "\u001aE\u00df\u00a3", "FLV\1", "\0\0\1\u00ba"),
    CANON_RAW("this is a camera's raw file (CR3): " + UnsupportedImageException.CONVERT_RAW, 4, "ftypcrx"),
    FUJIFILM_RAW("this is a camera's raw file (RAF): " + UnsupportedImageException.CONVERT_RAW, 0, "FUJIFILMCCD-RAW"),
    OLYMPUS_RAW("this is a camera's raw file (ORF): " + UnsupportedImageException.CONVERT_RAW, 0, "IIRO", "IIRS", "MMOR"),
    PANASONIC_RAW("this is a camera's raw file (RW2): " + UnsupportedImageException.CONVERT_RAW, 0, "IIU\0"),
    OTHER_RAW("this is a camera's raw file: " + UnsupportedImageException.CONVERT_RAW, 0, "\0MRM", "FOVb"),
    HEIF("this kind of HEIF file is not supported; HEIC and AVIF are", 4, "ftyp"),
    JPEG_XL("JPEG XL images are not supported; convert the image to PNG or JPEG", 0, "\u00ff\n", "\0\0\0\fJXL "),
    JPEG_2000("JPEG 2000 images are not supported; convert the image to PNG or JPEG", 0, "\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
    JPEG_LS("JPEG LS and lossless JPEG images are not supported; convert the image to PNG", 0, "\u00ff\u00d8\u00ff\u00f7"),
    PSD("Photoshop documents (PSD) are not supported; export the image as PNG or TIFF", 0, "8BPS"),
    XCF("GIMP documents (XCF) are not supported; export the image as PNG or TIFF", 0, "gimp xcf"),
    EXR("OpenEXR images are not supported: they are of high dynamic range", 0, "v/1\1"),
    RADIANCE("Radiance images (HDR) are not supported: they are of high dynamic range", 0, "#?RADIANCE", "#?RGBE"),
    PORTABLE("portable anymaps (PNM) are not supported; convert the image to PNG", 0, "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P7\n", "P5 ", "P6 "),
    ICON("Windows icons are not supported; convert the image to PNG", 0, "\0\0\1\0", "\0\0\2\0"),
    SVG("vector graphics (SVG) are not supported; export the image as PNG", 0, "<svg", "<?xml"),
    PDF("PDFs are not supported; export the image as PNG or JPEG", 0, "%PDF"),
    POSTSCRIPT("PostScript files are not supported; export the image as PNG or JPEG", 0, "%!PS"),
    ARCHIVE("this is an archive (ZIP); send the images in it one by one", 0, "PK\3\4");

    private final int at;
    private final List<String> magics;
    private final String refusal;

    OtherFormat(String refusal, int at, String... magics) {
        this.at = at;
        this.magics = List.of(magics);
        this.refusal = refusal;
    }

    static Optional<OtherFormat> of(ByteReader file) {
        return Arrays.stream(values()).filter(format -> format.magics.stream().anyMatch(magic -> file.has(format.at, magic))).findFirst();
    }

    String refusal() {
        return refusal;
    }
}
