package dev.darkroom.image.container.graphic;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.Resolution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntFunction;

/** BMP (Windows and OS/2 bitmap), which is read but not written: a file header of 14 bytes, an information header, perhaps a palette, rows. */
public final class BmpContainer implements Container {
    private static final int WITH_RESOLUTION = 40;

    @Override
    public boolean recognises(ByteReader file) {
        return BmpLayout.begins(file);
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var layout = BmpLayout.of(file);
        return new ImageHeader(ImageFormat.BMP, layout.width(), layout.height(), layout.isGray() ? 1 : 3, layout.alpha() != 0, layout.bitsPerSample(),
                Orientation.NONE);
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return BmpLayout.of(file).icc().map(profile -> (long) profile.length).orElse(0L);
    }

    @Override
    public Metadata metadata(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        var resolution = file.u32(14) < WITH_RESOLUTION ? Optional.<Resolution>empty()
                : Resolution.of(file.u32(38) / 100.0, file.u32(42) / 100.0, Resolution.UNIT_CM);
        return new Metadata(BmpLayout.of(file).icc(), resolution);
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        return new Ledger().enter(Carried.LOSSLESS, "samples").enter(BmpLayout.isCalibrated(file), Carried.ICC, "calibration");
    }

    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        throw new UnsupportedOperationException("BMPs are not written");
    }
}
