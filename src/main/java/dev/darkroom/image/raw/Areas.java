package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.image.tile.Region;

/**
 * Parts of a sensor, in its own columns and rows.
 *
 * @param active  what light falls on; patterns and black levels begin at its corner
 * @param picture the photograph, a part of it
 */
record Areas(Region active, Region picture) {
    /** How far from square a pixel may be: three pixels in a thousand. */
    private static final double ROUND = 0.003;

    /**
     * Reads them.
     *
     * @throws DamagedImageException     if one lies outside the other
     * @throws UnsupportedImageException if pixels are not square
     */
    static Areas of(Directories directories, int width, int height) {
        double[] edges = directories.photograph().decimals(DngTag.ACTIVE_AREA, 4);
        Region active = edges.length < 4 ? new Region(0, 0, width, height) : region(edges[1], edges[0], edges[3] - edges[1], edges[2] - edges[0]);
        double[] origin = directories.photograph().decimals(DngTag.CROP_ORIGIN, 2);
        double[] size = directories.photograph().decimals(DngTag.CROP_SIZE, 2);
        Region picture = size.length < 2 ? active
                : region(active.x() + (origin.length < 2 ? 0 : origin[0]), active.y() + (origin.length < 2 ? 0 : origin[1]), size[0], size[1]);
        if (!new Region(0, 0, width, height).contains(active) || !active.contains(picture)) {
            throw new DamagedImageException("the DNG's crop lies outside its picture");
        }
        double[] scale = directories.photograph().decimals(DngTag.SCALE, 2);
        if (scale.length == 2 && !(Math.abs(scale[0] / scale[1] - 1) < ROUND)) {
            throw new UnsupportedImageException("DNGs of sensors whose pixels are not square are not supported");
        }
        return new Areas(active, picture);
    }

    private static Region region(double x, double y, double width, double height) {
        boolean sound = x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= 1 << 20 && y + height <= 1 << 20;
        if (!sound) {
            throw new DamagedImageException("the DNG has no valid crop");
        }
        return new Region((int) x, (int) y, (int) width, (int) height);
    }
}
