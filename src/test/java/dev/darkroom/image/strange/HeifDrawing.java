package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.strange.Drawing.all;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.container.heif.HeifPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts HEIF files together, box by box, of coded pictures that libheif and libavif have made of {@link Drawing}'s ramp. */
final class HeifDrawing {
    private record Item(String type, String content, byte[] data, List<byte[]> properties) {}

    private record Reference(String type, int from, int[] to) {}

    private final List<Item> items = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final String brand;
    private int primary = 1;

    HeifDrawing(String brand) {
        this.brand = brand;
    }

    static byte[] sample(String name) {
        try (InputStream in = HeifDrawing.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A coded picture of one of the samples, as an item; its number. */
    int coded(String name, byte[]... properties) {
        HeifPicture picture = ImageFile.of(ByteBuffer.wrap(sample(name))).heif();
        HeifPicture.Part part = picture.parts().get(0);
        boolean hevc = picture.codec() == HeifPicture.Codec.HEVC;
        var own = new ArrayList<>(List.of(box(hevc ? "hvcC" : "av1C", part.configuration()), size(picture.width(), picture.height())));
        own.addAll(List.of(properties));
        byte[] data = new byte[part.data().remaining()];
        part.data().duplicate().get(data);
        return item(hevc ? "hvc1" : "av01", "", data, own);
    }

    int grid(int columns, int rows, int width, int height, int[] parts, byte[]... properties) {
        var own = new ArrayList<>(List.of(size(width, height)));
        own.addAll(List.of(properties));
        byte[] data = ByteBuffer.allocate(8).put((byte) 0).put((byte) 0).put((byte) (rows - 1)).put((byte) (columns - 1)).putShort((short) width).putShort((short) height).array();
        int grid = item("grid", "", data, own);
        return refer("dimg", grid, parts).primary(grid);
    }

    int item(String type, String content, byte[] data, List<byte[]> properties) {
        items.add(new Item(type, content, data, properties));
        return items.size();
    }

    HeifDrawing refer(String type, int from, int... to) {
        references.add(new Reference(type, from, to));
        return this;
    }

    int primary(int item) {
        primary = item;
        return item;
    }

    static byte[] size(int width, int height) {
        return box("ispe", ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array());
    }

    /** Against the clock's. */
    static byte[] turned(int quarters) {
        return box("irot", new byte[] {(byte) quarters});
    }

    static byte[] mirrored(int axis) {
        return box("imir", new byte[] {(byte) axis});
    }

    /** Of a picture of that size. */
    static byte[] cut(int x, int y, int width, int height, int ofWidth, int ofHeight) {
        return box("clap", ByteBuffer.allocate(32).putInt(width).putInt(1).putInt(height).putInt(1)
                .putInt(2 * x + width - ofWidth).putInt(2).putInt(2 * y + height - ofHeight).putInt(2).array());
    }

    static byte[] colours(int primaries, int transfer) {
        return box("colr", ByteBuffer.allocate(11).put(latin1("nclx")).putShort((short) primaries).putShort((short) transfer).putShort((short) 6).put((byte) 0x80).array());
    }

    static byte[] box(String type, byte[]... data) {
        byte[] body = all(data);
        return ByteBuffer.allocate(8 + body.length).putInt(8 + body.length).put(latin1(type)).put(body).array();
    }

    private static byte[] numbers(int... shorts) {
        var bytes = ByteBuffer.allocate(2 * shorts.length);
        for (int number : shorts) {
            bytes.putShort((short) number);
        }
        return bytes.array();
    }

    byte[] file() {
        byte[] start = box("ftyp", latin1(brand + "\0\0\0\0mif1" + brand));
        int length = start.length + meta(0).length + 8;
        return all(start, meta(length), box("mdat", items.stream().map(Item::data).toArray(byte[][]::new)));
    }

    private byte[] meta(int dataAt) {
        var infos = new ByteArrayOutputStream();
        var places = new ByteArrayOutputStream();
        var properties = new ByteArrayOutputStream();
        var associations = new ByteArrayOutputStream();
        int known = 0;
        int at = dataAt;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            infos.writeBytes(box("infe", new byte[] {2, 0, 0, 0}, numbers(i + 1, 0), latin1(item.type() + "\0" + (item.content().isEmpty() ? "" : item.content() + "\0"))));
            places.writeBytes(ByteBuffer.allocate(14).putShort((short) (i + 1)).putShort((short) 0).putShort((short) 1).putInt(at).putInt(item.data().length).array());
            at += item.data().length;
            associations.writeBytes(numbers(i + 1));
            associations.write(item.properties().size());
            for (byte[] property : item.properties()) {
                properties.writeBytes(property);
                associations.write(++known | 0x80);
            }
        }
        var refers = new ByteArrayOutputStream();
        references.forEach(reference -> refers.writeBytes(box(reference.type(), numbers(reference.from(), reference.to().length), numbers(reference.to()))));
        return box("meta", new byte[4], box("hdlr", new byte[8], latin1("pict"), new byte[13]), box("pitm", new byte[4], numbers(primary)),
                box("iloc", new byte[4], new byte[] {0x44, 0}, numbers(items.size()), places.toByteArray()),
                box("iinf", new byte[4], numbers(items.size()), infos.toByteArray()), box("iref", new byte[4], refers.toByteArray()),
                box("iprp", box("ipco", properties.toByteArray()), box("ipma", new byte[4], ByteBuffer.allocate(4).putInt(items.size()).array(), associations.toByteArray())));
    }
}
