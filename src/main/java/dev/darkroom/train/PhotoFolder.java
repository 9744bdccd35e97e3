package dev.darkroom.train;

import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Photograph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads every photograph below a folder into memory, saying what it left out and why. */
final class PhotoFolder {
    private PhotoFolder() {}

    /**
     * @param smallestSide photographs with a shorter side are left out
     * @param halveBelow   photographs of fewer megapixels are used at half their size
     * @return the photographs in the order of their paths
     * @throws TrainingException if the folder holds no photograph that can be used
     */
    static List<Photograph> read(Path folder, int smallestSide, double halveBelow, Consumer<String> warnings) {
        List<Photograph> photographs = new ArrayList<>();
        for (PhotoFile file : files(folder)) {
            try {
                Photograph whole = file.read();
                Photograph photograph = whole.megapixels() < halveBelow ? whole.halved() : whole;
                if (Math.min(photograph.width(), photograph.height()) < smallestSide) {
                    warnings.accept("left out %s: %dx%d is smaller than a crop of %d".formatted(
                            photograph.name(), photograph.width(), photograph.height(), smallestSide));
                } else {
                    photographs.add(photograph);
                }
            } catch (PhotoFileException e) {
                warnings.accept("left out: " + e.getMessage());
            }
        }
        if (photographs.isEmpty()) {
            throw new TrainingException("no photograph of at least " + smallestSide + " pixels a side in " + folder);
        }
        return photographs;
    }

    private static List<PhotoFile> files(Path folder) {
        try {
            return PhotoFile.below(folder);
        } catch (PhotoFileException e) {
            throw new TrainingException(e.getMessage(), e);
        }
    }
}
