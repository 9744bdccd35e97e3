package dev.darkroom.image.codec;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.darkroom.image.container.heif.HeifPicture;
import dev.darkroom.image.container.heif.HeifPicture.Crop;
import dev.darkroom.image.container.heif.HeifPicture.Mirror;
import dev.darkroom.image.container.heif.HeifPicture.Part;
import dev.darkroom.image.container.heif.HeifPicture.Turn;
import dev.darkroom.image.file.UnsupportedImageException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;

/** Decodes a HEIF file's picture: its parts, put together, with its alpha, cut and turned as the file says. */
final class HeifPixels {
    /** Coded pictures are whole blocks, of at most so many pixels a side. */
    private static final int BLOCK = 128;

    private HeifPixels() {}

    /** Loads FFmpeg, which unpacks it if that has not been done. */
    static void load() {
        requireThere();
        Loader.load(avcodec.class);
    }

    /** @throws UnsupportedImageException if this was built without FFmpeg */
    static void requireThere() {
        if (HeifPixels.class.getClassLoader().getResource("org/bytedeco/ffmpeg/global/avcodec.class") == null) {
            throw absent();
        }
    }

    private static UnsupportedImageException absent() {
        return new UnsupportedImageException("HEIC and AVIF images are not supported by this build of the service; convert the image to PNG or JPEG");
    }

    /** Gray or BGR, 8 or 16 bits, with alpha behind if there is one. */
    static Mat decode(HeifPicture picture) {
        try {
            load();
        } catch (LinkageError withoutItsLibraries) {
            throw absent();
        }
        int bits = picture.bits() > 8 ? 16 : 8;
        Mat pixels = together(picture, bits);
        try {
            if (picture.alpha().isPresent()) {
                pixels = withAlpha(pixels, picture.alpha().get(), bits);
            }
            for (HeifPicture.Step step : picture.steps()) {
                pixels = changed(pixels, step);
            }
            return pixels;
        } catch (Throwable e) {
            pixels.close();
            throw e;
        }
    }

    private static Mat together(HeifPicture picture, int bits) {
        Mat whole = OpenCv.black(picture.width(), picture.height(), picture.channels() == 1 ? 1 : 3, bits);
        long maxPixels = (long) (picture.partWidth() + BLOCK) * (picture.partHeight() + BLOCK);
        CodedPictures decoder = null;
        try {
            for (int i = 0; i < picture.parts().size(); i++) {
                Part part = picture.parts().get(i);
                if (decoder == null || !decoder.takes(part)) {
                    if (decoder != null) {
                        decoder.close();
                    }
                    decoder = new CodedPictures(picture.codec(), part.configuration(), maxPixels);
                }
                int x = i % picture.columns() * picture.partWidth();
                int y = i / picture.columns() * picture.partHeight();
                try (var place = new Rect(x, y, Math.min(picture.partWidth(), picture.width() - x), Math.min(picture.partHeight(), picture.height() - y));
                        var target = new Mat(whole, place)) {
                    decoder.decode(part, frame -> YcbcrPlanes.into(target, frame, picture.coding()));
                }
            }
            return whole;
        } catch (Throwable e) {
            whole.close();
            throw e;
        } finally {
            if (decoder != null) {
                decoder.close();
            }
        }
    }

    /** Takes over {@code pixels}. */
    private static Mat withAlpha(Mat pixels, HeifPicture alpha, int bits) {
        try (pixels; Mat opacity = together(alpha, bits); var fitted = new Mat(); var size = pixels.size(); var both = new MatVector(2)) {
            resize(opacity, fitted, size, 0, 0, INTER_LINEAR);
            var all = new Mat();
            both.put(0, pixels).put(1, fitted);
            merge(both, all);
            return all;
        }
    }

    /** Takes over {@code pixels}. */
    private static Mat changed(Mat pixels, HeifPicture.Step step) {
        if (step instanceof Turn turn && turn.quarters() == 0) {
            return pixels;
        }
        var changed = new Mat();
        try (pixels) {
            if (step instanceof Crop crop) {
                try (var place = new Rect(crop.x(), crop.y(), crop.width(), crop.height()); var part = new Mat(pixels, place)) {
                    part.copyTo(changed);
                }
            } else if (step instanceof Turn turn) {
                rotate(pixels, changed, turn.quarters() == 1 ? ROTATE_90_COUNTERCLOCKWISE : turn.quarters() == 2 ? ROTATE_180 : ROTATE_90_CLOCKWISE);
            } else if (step instanceof Mirror mirror) {
                flip(pixels, changed, mirror.horizontally() ? 1 : 0);
            }
        }
        return changed;
    }
}
