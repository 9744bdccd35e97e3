package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.insert;
import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.strange.Drawing.all;
import static dev.darkroom.image.strange.Drawing.intoJpeg;
import static dev.darkroom.image.strange.Drawing.rampJpeg;
import static dev.darkroom.image.strange.Drawing.segment;
import static dev.darkroom.image.strange.Drawing.xmp;
import static dev.darkroom.image.strange.Drawing.xmpSegment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Pictures;
import dev.darkroom.image.Profiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

final class StrangeJpegs {
    private static final String GAIN_MAP = "xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\" hdrgm:Version=\"1.0\" "
            + "xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" xmpNote:HasExtendedXMP=\"0123456789ABCDEF0123456789ABCDEF\" "
            + "xmlns:Container=\"http://ns.google.com/photos/1.0/container/\" xmlns:Item=\"http://ns.google.com/photos/1.0/container/item/\" "
            + "xmlns:GCamera=\"http://ns.google.com/photos/1.0/camera/\" GCamera:MotionPhoto=\"1\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\"";
    private static final String DIRECTORY = "<Container:Directory><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
            + "<Container:Item Item:Semantic=\"GainMap\"/></rdf:li></rdf:Seq></Container:Directory>";
    private static final byte[] EXTENSION = latin1("http://ns.adobe.com/xmp/extension/\0" + "0123456789ABCDEF0123456789ABCDEF" + "\0\0\0\7\0\0\0\0<a></a>");

    private StrangeJpegs() {}

    static List<Strange> files() {
        byte[] jpeg = rampJpeg();
        byte[] cmyk = StrangeInks.noise();
        byte[] iptc = new byte[] {0x1c, 1, 90, 0, 3, 27, '%', 'G', 0x1c, 2, 25, 0, 3, 'd', 'o', 'g', 0x1c, 2, 116, 0, 7, '(', 'c', ')', ' ', 'A', 'd', 'a'};
        return List.of(
                new Strange("jpeg-ycck-red.jpg", StrangeInks.ycckRed(), outcome -> outcome.changed("cmyk").near(6, 255, 0, 0)),
                new Strange("jpeg-cmyk-without-adobe.jpg", StrangeInks.red(), outcome -> outcome.changed("cmyk").near(6, 255, 0, 0)),
                new Strange("jpeg-cmyk-cut-short.jpg", Arrays.copyOf(cmyk, cmyk.length / 2), outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("jpeg-orientation-in-xmp-only.jpg", intoJpeg(jpeg, xmpSegment(xmp("xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"3\""))),
                        outcome -> outcome.changed("").near(6, 255, 255, 255)),
                new Strange("jpeg-gain-map-and-extended-xmp.jpg", all(intoJpeg(jpeg, xmpSegment(xmp(GAIN_MAP, DIRECTORY)), segment(0xe1, EXTENSION)), jpeg),
                        outcome -> outcome.as(ImageFormat.JPEG).changed("images, metadata").lacks("hdrgm", "HasExtendedXMP", "GainMap")),
                new Strange("gain-map-and-motion-photo.jpg", all(intoJpeg(jpeg, xmpSegment(xmp(GAIN_MAP, DIRECTORY))), jpeg, latin1("\0\0\0\030ftypmp42")),
                        outcome -> outcome.as(ImageFormat.JPEG).changed("images, metadata").lacks("hdrgm", "HasExtendedXMP", "GainMap", "MotionPhoto")),
                new Strange("extended-xmp.jpg", intoJpeg(jpeg, xmpSegment(xmp("xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" xmpNote:HasExtendedXMP=\"0123\" "
                        + "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\"")), segment(0xe1, EXTENSION)),
                        outcome -> outcome.as(ImageFormat.JPEG).changed("metadata").lacks("HasExtendedXMP")),
                new Strange("jpeg-icc-parts-numbered-1-of-1.jpg", intoJpeg(jpeg, profileParts()), outcome -> outcome.changed("").profile(true)),
                new Strange("jpeg-junk-between-segments.jpg", intoJpeg(jpeg, segment(0xfe, latin1("comment")), latin1(" one byte too many")),
                        outcome -> outcome.changed("metadata").near(6, 0, 0, 0)),
                new Strange("min-stray.jpg", insert(jpeg, 20, new byte[1]), outcome -> outcome.changed("")),
                new Strange("jpeg-adobe-segment-too-short.jpg", intoJpeg(jpeg, latin1("\u00ff\u00ee\0\015Adobe\0\144\0\0\0\0\1")),
                        outcome -> outcome.changed("").near(6, 0, 0, 0)),
                new Strange("jpeg-without-eoi.jpg", Arrays.copyOf(jpeg, jpeg.length - 2), outcome -> outcome.changed("repaired").near(6, 0, 0, 0)),
                new Strange("jpeg-cut-short.jpg", Arrays.copyOf(jpeg, jpeg.length * 7 / 10), outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("iptc.jpg", intoJpeg(jpeg, segment(0xed, all(latin1("Photoshop 3.0\0" + "8BIM\4\4\0\0\0\0\0"), new byte[] {(byte) iptc.length}, iptc)), segment(0xfe, latin1("caption in a comment"))),
                        StrangeJpegs::keepsIptc),
                new Strange("min-gray-icc.jpg", grayWithColourProfile(), outcome -> outcome.changed("icc").profile(false)),
                new Strange("min-checker.jpg", jpeg, outcome -> outcome.changed("")));
    }

    private static void keepsIptc(Strange.Outcome outcome) {
        outcome.changed("metadata");
        outcome.as(ImageFormat.JPEG).changed("metadata").contains("Photoshop 3.0\0", "8BIM\4\4", "\u001c\2\164");
        outcome.as(ImageFormat.TIFF).changed("metadata").contains("\u001c\2\164");
        outcome.rightsOnly(ImageFormat.JPEG).changed("").contains("\u001c\2\164").lacks("\u001c\2\031");
    }

    /** Two, each of which says that it is the first of one. */
    private static byte[] profileParts() {
        byte[] profile = Profiles.proPhoto();
        int half = profile.length / 2;
        byte[] head = latin1("ICC_PROFILE\0\1\1");
        return all(segment(0xe2, all(head, Arrays.copyOf(profile, half))), segment(0xe2, all(head, Arrays.copyOfRange(profile, half, profile.length))));
    }

    private static byte[] grayWithColourProfile() {
        try (var photo = Pictures.photo(40, 30, 1, 8, false)) {
            byte[] gray = Pictures.encode(new dev.darkroom.image.Photo(photo.pixels(), photo.alpha(), dev.darkroom.image.file.Metadata.NONE), ImageFormat.JPEG);
            return intoJpeg(gray, segment(0xe2, all(latin1("ICC_PROFILE\0\1\1"), Profiles.displayP3())));
        }
    }

    /** A block of EXIF with orientation, artist and copyright. */
    static byte[] exif(int orientation) {
        var block = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN).put(latin1("II*\0")).putInt(8).putShort((short) 3);
        block.putShort((short) 274).putShort((short) 3).putInt(1).putInt(orientation);
        block.putShort((short) 315).putShort((short) 2).putInt(7).putInt(50);
        block.putShort((short) 33432).putShort((short) 2).putInt(10).putInt(58).putInt(0);
        assertThat(block.position()).isEqualTo(50);
        return block.put(latin1("Artist\0\0Copyright\0")).array();
    }
}
