package dev.darkroom.image.container.graphic;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

/** GIF (version 89a) of one frame, which is read but not written: a screen, and blocks in it. */
public final class GifContainer implements Container {
    private static final int SCREEN = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int END = 0x3b;
    private static final int CONTROL = 0xf9;
    private static final int COMMENT = 0xfe;
    private static final int APPLICATION = 0xff;

    /**
     * What its blocks say.
     *
     * @param frames    one, or two if there are more
     * @param firstEnds behind the first frame
     * @param covered   whether that fills the screen
     */
    private record Blocks(int frames, long firstEnds, boolean transparent, boolean covered, boolean ended, Ledger others) {}

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "GIF87a") || file.has(0, "GIF89a");
    }

    @Override
    public ImageHeader header(ByteReader bigEndian) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        int width = file.u16(6);
        int height = file.u16(8);
        Blocks blocks = blocks(file);
        if (width == 0 || height == 0 || blocks.frames() == 0) {
            throw new DamagedImageException("the GIF has no picture of a valid size");
        }
        if (blocks.frames() > 1) {
            throw new UnsupportedImageException("animated GIFs are not supported; page=1 takes their first picture");
        }
        return new ImageHeader(ImageFormat.GIF, width, height, 3, blocks.transparent() || !blocks.covered(), 8, Orientation.NONE);
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return 0;
    }

    @Override
    public Metadata metadata(ByteReader file) {
        return Metadata.NONE;
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        Blocks blocks = blocks(file.order(ByteOrder.LITTLE_ENDIAN));
        return blocks.others().enter(Carried.LOSSLESS, "samples").enter(!blocks.ended(), Carried.REPAIRED, "mark");
    }

    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        throw new UnsupportedOperationException("GIFs are not written");
    }

    /** The file with its first frame alone; written to {@code room}, which is told how much. */
    public static ByteBuffer firstFrame(ByteReader bigEndian, IntFunction<ByteBuffer> room) {
        ByteReader file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        long end = blocks(file).firstEnds();
        if (end == 0) {
            throw new DamagedImageException("the GIF has no picture of a valid size");
        }
        return room.apply((int) end + 1).put(file.buffer(0, end)).put((byte) END).flip();
    }

    private static Blocks blocks(ByteReader file) {
        var others = new Ledger();
        int frames = 0;
        long firstEnds = 0;
        boolean transparent = false;
        boolean covered = true;
        for (long at = SCREEN + table(file.u8(10)); at < file.size(); ) {
            int kind = file.u8(at);
            if (kind == END) {
                return new Blocks(frames, firstEnds, transparent, covered, true, others);
            } else if (kind == EXTENSION) {
                int label = file.u8(at + 1);
                transparent |= label == CONTROL && frames == 0 && (file.u8(at + 3) & 1) == 1;
                boolean loop = label == APPLICATION && (file.has(at + 3, "NETSCAPE2.0") || file.has(at + 3, "ANIMEXTS1.0"));
                others.enter(label != CONTROL && !loop, Carried.METADATA, label == COMMENT ? "comment" : "extension " + label);
                at = afterSubBlocks(file, at + 2);
            } else if (kind == FRAME) {
                if (frames++ == 1) {
                    return new Blocks(frames, firstEnds, transparent, covered, true, others);
                }
                covered = file.u16(at + 1) == 0 && file.u16(at + 3) == 0 && file.u16(at + 5) >= file.u16(6) && file.u16(at + 7) >= file.u16(8);
                at = afterSubBlocks(file, at + 10 + table(file.u8(at + 9)) + 1);
                firstEnds = at;
            } else {
                at++; // stray bytes are skipped, as giflib does
            }
        }
        return new Blocks(frames, firstEnds, transparent, covered, false, others);
    }

    /** Bytes of a table of colours. */
    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static long afterSubBlocks(ByteReader file, long from) {
        long at = from;
        while (file.u8(at) != 0) {
            at += 1 + file.u8(at);
        }
        return at + 1;
    }
}
