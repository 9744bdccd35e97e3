package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.http.connection.Network;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DoorsTest {

    @Test
    void refusesToStartAServiceThatNobodyMayCall() {
        assertThatThrownBy(() -> Doors.of(config(Map.of()))).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("darkroom.access.keys", "darkroom.access.jwt.issuer", "darkroom.access.anonymous");
    }

    @Test
    void letsEveryoneInOnlyByChoice() {
        Doors doors = Doors.of(config(Map.of("darkroom.access.anonymous", "enhance,score", "darkroom.access.requests-per-minute", "30")));
        Caller caller = doors.anonymous("10.0.0.1");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ENHANCE, Role.SCORE);
        assertThat(caller.allowance()).isEqualTo(new Allowance(OptionalInt.of(30), OptionalInt.empty()));
    }

    @Test
    void givesThoseWithoutKeyNothingWhereKeysAreAskedFor() {
        Doors doors = Doors.of(config(Map.of("darkroom.access.jwt.issuer", Issuer.NAME)));
        assertThat(doors.anonymous("10.0.0.1").roles()).isEmpty();
    }

    @Test
    void hasTheseDefaults() {
        AccessConfig config = config(Map.of());
        assertThat(config.anonymous()).isEmpty();
        assertThat(config.keys()).isEmpty();
        assertThat(config.allowance()).isEqualTo(Allowance.UNLIMITED);
        assertThat(config.jwt().issuer()).isEmpty();
        assertThat(config.jwt().jwks()).isEmpty();
        assertThat(config.jwt().audience()).isEqualTo("darkroom");
        assertThat(config.jwt().rolesClaim()).isEqualTo("roles");
    }

    @Test
    void chargesANetworkAndNotEachOfItsAddresses() {
        assertThat(Network.of("2001:db8:1:2::1")).isEqualTo(Network.of("2001:db8:1:2:ffff::9")).isNotEqualTo(Network.of("2001:db8:1:3::1"));
        assertThat(Network.of("10.0.0.1")).isNotEqualTo(Network.of("10.0.0.2"));
    }

    private static AccessConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build().getConfigMapping(AccessConfig.class);
    }
}
