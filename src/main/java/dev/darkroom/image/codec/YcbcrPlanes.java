package dev.darkroom.image.codec;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PLANAR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.transform;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.darkroom.image.container.heif.HeifPicture.Coding;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Turns decoded planes of luma and chroma (ITU-T H.273, 8.3) into gray or BGR at full scale of 8 or 16 bits. */
final class YcbcrPlanes {
    private static final int IDENTITY = 0;
    private static final int BT_709 = 1;
    private static final int UNSPECIFIED = 2;
    private static final int FCC = 4;
    private static final int BT_601_OF_625 = 5;
    private static final int BT_601 = 6;
    private static final int SMPTE_240 = 7;
    private static final int BT_2020 = 9;

    private YcbcrPlanes() {}

    /** Luma's share of red and of blue. */
    private static double[] shares(int matrix) {
        return switch (matrix) {
            case BT_709 -> new double[] {0.2126, 0.0722};
            case UNSPECIFIED, BT_601_OF_625, BT_601 -> new double[] {0.299, 0.114};
            case FCC -> new double[] {0.30, 0.11};
            case SMPTE_240 -> new double[] {0.212, 0.087};
            case BT_2020 -> new double[] {0.2627, 0.0593};
            default -> throw new UnsupportedImageException("HEIF pictures whose colours are coded in the way numbered %d are not supported".formatted(matrix));
        };
    }

    /**
     * Fills {@code target}, of 1 or 3 channels, with the left upper part of a frame.
     *
     * @param coding what the file says of it; where it says nothing, what the frame says itself
     */
    static void into(Mat target, AVFrame frame, Optional<Coding> coding) {
        try (var scope = new PointerScope()) {
            AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
            int depth = format.comp(0).depth();
            boolean known = frame.width() >= target.cols() && frame.height() >= target.rows() && depth >= 8 && depth <= 16
                    && (format.flags() & AV_PIX_FMT_FLAG_BE) == 0 && ((format.flags() & AV_PIX_FMT_FLAG_PLANAR) != 0 || format.nb_components() == 1)
                    && (target.channels() == 1 || format.nb_components() >= 3);
            if (!known) {
                throw CodedPictures.damaged();
            }
            boolean full = coding.map(Coding::fullRange).orElse(frame.color_range() == AVCOL_RANGE_JPEG || format.name().getString().startsWith("yuvj"));
            boolean rgb = (format.flags() & AV_PIX_FMT_FLAG_RGB) != 0;
            int matrix = rgb ? IDENTITY : coding.map(Coding::matrix).filter(said -> said != UNSPECIFIED).orElse(frame.colorspace());
            int bits = target.elemSize1() == 1 ? 8 : 16;
            Mat luma = plane(frame, format, 0, target.cols(), target.rows(), depth);
            if (target.channels() == 1) {
                scaled(luma, target, depth, bits, full);
                return;
            }
            var planes = new Mat();
            merge(new MatVector(luma, plane(frame, format, 1, target.cols(), target.rows(), depth), plane(frame, format, 2, target.cols(), target.rows(), depth)), planes);
            transform(planes, target, matrix(matrix, depth, bits, full));
        }
    }

    /** At full size; chroma is interpolated where it has less. */
    private static Mat plane(AVFrame frame, AVPixFmtDescriptor format, int index, int width, int height, int depth) {
        int right = index == 0 ? 0 : format.log2_chroma_w();
        int down = index == 0 ? 0 : format.log2_chroma_h();
        int columns = frame.width() + (1 << right) - 1 >> right;
        int rows = frame.height() + (1 << down) - 1 >> down;
        long stride = frame.linesize(index);
        BytePointer data = frame.data(index);
        if (stride <= 0 || data == null || data.isNull()) {
            throw CodedPictures.damaged();
        }
        var stored = new Mat(rows, columns, OpenCv.type(1, depth > 8 ? 16 : 8), data, stride);
        if (right == 0 && down == 0) {
            return new Mat(stored, new Rect(0, 0, width, height));
        }
        var whole = new Mat();
        resize(stored, whole, new Size(columns << right, rows << down), 0, 0, INTER_LINEAR);
        return new Mat(whole, new Rect(0, 0, width, height));
    }

    private static void scaled(Mat luma, Mat target, int depth, int bits, boolean full) {
        double[] range = lumaRange(depth, full);
        double white = (1 << bits) - 1;
        luma.convertTo(target, target.type(), white / range[1], -range[0] * white / range[1]);
    }

    /** Black, and how far white is from it. */
    private static double[] lumaRange(int depth, boolean full) {
        return full ? new double[] {0, (1 << depth) - 1} : new double[] {16 << depth - 8, 219 << depth - 8};
    }

    /** Rows for blue, green and red; columns for the three planes and what is added. */
    private static Mat matrix(int matrix, int depth, int bits, boolean full) {
        double white = (1 << bits) - 1;
        double[] range = lumaRange(depth, full);
        double y = white / range[1];
        double black = -range[0] * y;
        if (matrix == IDENTITY) { // planes are green, blue, red
            return rows(0, y, 0, black, y, 0, 0, black, 0, 0, y, black);
        }
        double c = white / (full ? (1 << depth) - 1 : 224 << depth - 8);
        double middle = 1 << depth - 1;
        double[] shares = shares(matrix);
        double red = 2 * (1 - shares[0]) * c;
        double blue = 2 * (1 - shares[1]) * c;
        double greenShare = 1 - shares[0] - shares[1];
        double greenOfBlue = -blue * shares[1] / greenShare;
        double greenOfRed = -red * shares[0] / greenShare;
        return rows(y, blue, 0, black - middle * blue, y, greenOfBlue, greenOfRed, black - middle * (greenOfBlue + greenOfRed), y, 0, red, black - middle * red);
    }

    private static Mat rows(double... numbers) {
        var matrix = new Mat(3, 4, CV_64F);
        new DoublePointer(matrix.data()).put(numbers);
        return matrix;
    }
}
