package dev.darkroom.image.codec;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** A colour profile of four printing inks, applied by the JDK's LittleCMS. */
record InkProfile(ColorConvertOp toSrgb) {
    private static final int INKS = 4;

    /** Empty if it is damaged, or describes something else. */
    static Optional<InkProfile> of(byte[] icc) {
        try {
            ICC_Profile profile = ICC_Profile.getInstance(icc);
            return profile.getColorSpaceType() == ColorSpace.TYPE_CMYK
                    ? Optional.of(new InkProfile(new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null)))
                    : Optional.empty();
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return Optional.empty();
        }
    }

    /** Interleaved 8-bit RGB; empty if the profile turns out to be damaged. */
    Optional<byte[]> rgb(byte[] inks) {
        int pixels = inks.length / INKS;
        WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, pixels, 1, INKS, null);
        from.setDataElements(0, 0, pixels, 1, inks);
        WritableRaster rgb = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, pixels, 1, 3, null);
        try {
            toSrgb.filter(from, rgb);
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return Optional.empty();
        }
        return Optional.of((byte[]) rgb.getDataElements(0, 0, pixels, 1, null));
    }
}
