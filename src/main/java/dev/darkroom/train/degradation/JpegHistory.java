package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The JPEG files that a picture was on its way: none, the camera's, and the one that a program made of it, whose grid of blocks seldom lies
 * where the camera's lay.
 *
 * @param files in their order
 */
record JpegHistory(List<File> files) {
    static final int BLOCK = 8;
    static final JpegHistory NONE = new JpegHistory(List.of());

    /**
     * @param x how far the blocks' grid lies from the picture's corner, pixels
     * @param y the same, downwards
     */
    record File(int quality, Chroma chroma, int x, int y) {}

    /** One file whose blocks begin at the corner. */
    static JpegHistory one(int quality, Chroma chroma) {
        return new JpegHistory(List.of(new File(quality, chroma, 0, 0)));
    }

    /**
     * @param lowest quality of the last file, 1 to 100
     * @param files  how many
     */
    static JpegHistory random(int files, int lowest, RandomGenerator random) {
        List<File> history = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            boolean last = i == files - 1;
            // As in JpegUploads, even on a logarithmic scale; a camera's own file is a good one.
            int quality = last ? (int) (lowest * Math.pow(101.0 / lowest, random.nextDouble())) : 85 + random.nextInt(15);
            Chroma chroma = random.nextInt(4) == 0 ? Chroma.FULL : Chroma.HALVED;
            boolean aligned = last && random.nextInt(5) > 0;
            history.add(new File(quality, chroma, aligned ? 0 : random.nextInt(BLOCK), aligned ? 0 : random.nextInt(BLOCK)));
        }
        return new JpegHistory(List.copyOf(history));
    }

    /** The same, and then another file. */
    JpegHistory then(int quality, Chroma chroma, int x, int y) {
        List<File> longer = new ArrayList<>(files);
        longer.add(new File(quality, chroma, x, y));
        return new JpegHistory(List.copyOf(longer));
    }

    /** What the files left of a picture (1 or 3 channels), whose border of {@value #BLOCK} pixels is not to be used. */
    Planes applied(Planes picture) {
        Planes shown = picture.as8Bit();
        for (File file : files) {
            shown = through(shown, file, file.quality());
        }
        return shown;
    }

    /** The same pixels with the same colour resolution, but next to nothing lost otherwise: what can be asked of a restorer. */
    Planes layout(Planes picture) {
        Planes shown = picture;
        for (File file : files) {
            shown = file.chroma() == Chroma.FULL || picture.channels() == 1 ? shown : through(shown.as8Bit(), file, 100);
        }
        return shown;
    }

    private static Planes through(Planes picture, File file, int quality) {
        int width = picture.width() - file.x();
        int height = picture.height() - file.y();
        Planes part = JpegUploads.through(picture.cut(file.x(), file.y(), width, height), quality, file.chroma());
        float[] values = picture.values().clone();
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                System.arraycopy(part.values(), (channel * height + row) * width, values,
                        (channel * picture.height() + row + file.y()) * picture.width() + file.x(), width);
            }
        }
        return picture.with(values);
    }

    /** 1 - quality / 100 of the file that is at hand, 0 if it is none. */
    float damage() {
        return files.isEmpty() ? 0 : 1 - files.get(files.size() - 1).quality() / 100f;
    }

    /** 1 if the colour of the file at hand has half the resolution, else 0. */
    float halved() {
        return !files.isEmpty() && files.get(files.size() - 1).chroma() == Chroma.HALVED ? 1 : 0;
    }
}
