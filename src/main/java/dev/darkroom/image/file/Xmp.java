package dev.darkroom.image.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A packet of XMP (ISO 16684-1): RDF in UTF-8. It stays as it is, byte for byte, unless something in it is no longer true. */
final class Xmp {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final Pattern ORIENTATION = Pattern.compile("(tiff:Orientation(?:\\s*=\\s*[\"']|>))([1-8])(?=[\"'<])");

    /** Vocabularies that speak of other pictures in the same file: whether a name of one does. */
    private static final Map<String, Predicate<String>> OF_OTHER_PICTURES = new TreeMap<>(Map.of(
            "http://ns.adobe.com/hdr-gain-map/1.0/", name -> true,
            "http://ns.google.com/photos/1.0/container/", name -> true,
            "http://ns.google.com/photos/1.0/container/item/", name -> true,
            "http://ns.google.com/photos/1.0/camera/", name -> name.startsWith("MotionPhoto") || name.startsWith("MicroVideo"),
            "http://ns.google.com/photos/1.0/depthmap/", name -> true,
            "http://ns.google.com/photos/1.0/image/", name -> true,
            "http://ns.google.com/photos/1.0/audio/", name -> true,
            "http://ns.apple.com/HDRGainMap/1.0/", name -> true,
            "http://ns.apple.com/pixeldatainfo/1.0/", name -> true,
            "http://ns.adobe.com/xmp/note/", "HasExtendedXMP"::equals));
    private static final Map<String, Set<String>> RIGHTS = Map.of(
            "http://purl.org/dc/elements/1.1/", Set.of("rights", "creator"),
            "http://ns.adobe.com/xap/1.0/rights/", Set.of("Marked", "WebStatement", "UsageTerms", "Owner", "Certificate"),
            "http://ns.adobe.com/photoshop/1.0/", Set.of("Credit"));

    private Xmp() {}

    /** How a picture has to be turned, if nothing else says so; empty if the packet says nothing of it. */
    static Optional<Orientation> orientation(byte[] packet) {
        var matcher = ORIENTATION.matcher(text(packet));
        return matcher.find() ? Optional.of(Orientation.ofExif(Integer.parseInt(matcher.group(2)))) : Optional.empty();
    }

    /** A packet of the same length that says that the picture stands upright. */
    static byte[] upright(byte[] packet) {
        return ORIENTATION.matcher(text(packet)).replaceAll("$1" + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The vocabularies in which the packet may speak of other pictures in its file. */
    static Set<String> claims(byte[] packet) {
        String text = text(packet);
        var claims = new LinkedHashSet<String>();
        OF_OTHER_PICTURES.keySet().stream().filter(space -> text.contains('"' + space + '"') || text.contains('\'' + space + '\'')).forEach(claims::add);
        claims.removeIf(space -> space.endsWith("/note/") && !text.contains("HasExtendedXMP") || space.endsWith("/camera/")
                && !text.contains("MotionPhoto") && !text.contains("MicroVideo"));
        return claims;
    }

    /** Without what it says of other pictures; empty if it cannot be read and may say something. */
    static Optional<byte[]> ofThisPicture(byte[] packet) {
        return claims(packet).isEmpty() ? Optional.of(packet) : XmlTree.read(packet).flatMap(document -> {
            remove(document.getDocumentElement(), node -> OF_OTHER_PICTURES.getOrDefault(space(node), name -> false).test(node.getLocalName()));
            return XmlTree.written(document);
        });
    }

    /** What it says of who made the picture and who may use it. */
    static Optional<byte[]> rights(byte[] packet) {
        return XmlTree.read(packet).flatMap(document -> {
            boolean[] any = {false};
            var descriptions = document.getElementsByTagNameNS(RDF, "Description");
            for (int i = 0; i < descriptions.getLength(); i++) {
                removeProperties((Element) descriptions.item(i), any);
            }
            return any[0] ? XmlTree.written(document) : Optional.empty();
        });
    }

    private static void removeProperties(Element description, boolean[] any) {
        if (!"RDF".equals(description.getParentNode().getLocalName())) {
            return; // a value of a property, not a list of properties
        }
        Predicate<Node> kept = node -> RIGHTS.getOrDefault(space(node), Set.of()).contains(node.getLocalName());
        var attributes = description.getAttributes();
        for (int i = attributes.getLength() - 1; i >= 0; i--) {
            Node attribute = attributes.item(i);
            any[0] |= kept.test(attribute);
            if (!kept.test(attribute) && !RDF.equals(space(attribute))) {
                description.removeAttributeNode((org.w3c.dom.Attr) attribute);
            }
        }
        for (Node child = description.getFirstChild(), next; child != null; child = next) {
            next = child.getNextSibling();
            if (kept.test(child)) {
                any[0] = true;
            } else {
                description.removeChild(child);
            }
        }
    }

    private static void remove(Element from, Predicate<Node> unwanted) {
        var attributes = from.getAttributes();
        for (int i = attributes.getLength() - 1; i >= 0; i--) {
            Node attribute = attributes.item(i);
            boolean names = XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI()) && speaksOnlyOfOthers(attribute.getNodeValue());
            if (names || unwanted.test(attribute)) {
                from.removeAttributeNode((org.w3c.dom.Attr) attribute);
            }
        }
        for (Node child = from.getFirstChild(), next; child != null; child = next) {
            next = child.getNextSibling();
            if (unwanted.test(child)) {
                from.removeChild(child);
            } else if (child instanceof Element element) {
                remove(element, unwanted);
            }
        }
    }

    private static boolean speaksOnlyOfOthers(String space) {
        return OF_OTHER_PICTURES.containsKey(space) && !space.endsWith("/camera/") && !space.endsWith("/note/");
    }

    private static String space(Node node) {
        return node.getNamespaceURI() == null ? "" : node.getNamespaceURI();
    }

    private static String text(byte[] packet) {
        return new String(packet, StandardCharsets.ISO_8859_1);
    }
}
