package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The service with a certificate. */
@QuarkusTest
@TestProfile(Encrypted.class)
class TlsTest {
    @TestHTTPResource(value = "/v1/models", tls = true)
    URI models;

    @Test
    void answersOverTls() throws Exception {
        HttpResponse<String> response = client("TLSv1.3").send(HttpRequest.newBuilder(models).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).contains("max-age=15768000");
    }

    @Test
    void refusesALongUploadOverHttp2() throws Exception {
        HttpRequest upload = HttpRequest.newBuilder(models.resolve("/v1/denoise")).header("Authorization", "Bearer dk_unknown")
                .POST(BodyPublishers.ofByteArray(new byte[3_000_000])).build();
        HttpResponse<String> response = client("TLSv1.3").send(upload, BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void speaksNoOlderVersion() throws Exception {
        HttpClient old = client("TLSv1.2");
        assertThatThrownBy(() -> old.send(HttpRequest.newBuilder(models).build(), BodyHandlers.ofString())).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void isNotTrustedByWhoDoesNotKnowItsCertificate() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(HttpRequest.newBuilder(models).build(), BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void doesNotAnswerWithoutTls() {
        URI plain = URI.create("http://localhost:" + models.getPort() + "/v1/models");
        var request = HttpRequest.newBuilder(plain).version(HttpClient.Version.HTTP_1_1).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString())).isInstanceOf(IOException.class);
    }

    private static HttpClient client(String version) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(Encrypted.KEYS)) {
            trusted.load(file, Encrypted.PASSWORD.toCharArray());
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificateOnly(trusted));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).sslParameters(new SSLParameters(null, new String[] {version})).build();
    }

    private static KeyStore certificateOnly(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null);
        trusted.setCertificateEntry("darkroom", keys.getCertificate("darkroom"));
        return trusted;
    }
}
