package dev.darkroom.image.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML of strangers, by the JDK's parser: without document types, and not deeper than anyone writes it. */
final class XmlTree {
    private static final int DEEPEST = 100;

    private XmlTree() {}

    static Optional<Document> read(byte[] packet) {
        // Packets end in zeros or blanks that programs leave for their own changes.
        byte[] trimmed = new String(packet, StandardCharsets.ISO_8859_1).trim().getBytes(StandardCharsets.ISO_8859_1);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", Integer.toString(DEEPEST));
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silence());
            return Optional.of(builder.parse(new ByteArrayInputStream(trimmed)));
        } catch (SAXException | IOException | ParserConfigurationException broken) {
            return Optional.empty();
        }
    }

    static Optional<byte[]> written(Document document) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            var bytes = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(document), new StreamResult(bytes));
            return Optional.of(bytes.toByteArray());
        } catch (TransformerException e) {
            return Optional.empty();
        }
    }

    /** The JDK's parser would write to the standard error. */
    private static final class Silence implements ErrorHandler {
        @Override
        public void warning(SAXParseException broken) {}

        @Override
        public void error(SAXParseException broken) throws SAXException {
            throw broken;
        }

        @Override
        public void fatalError(SAXParseException broken) throws SAXException {
            throw broken;
        }
    }
}
