package dev.darkroom.http.access;

import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.NotAuthenticatedException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The ways in that the operator has opened. */
final class Doors {
    private final Optional<KeyFile> keys;
    private final Optional<Tokens> tokens;
    private final Set<Role> anonymous;
    private final Allowance allowance;

    private Doors(Optional<KeyFile> keys, Optional<Tokens> tokens, Set<Role> anonymous, Allowance allowance) {
        this.keys = keys;
        this.tokens = tokens;
        this.anonymous = anonymous;
        this.allowance = allowance;
    }

    /** @throws IllegalStateException if none is open: a service that nobody may call was not meant */
    static Doors of(AccessConfig config) {
        Optional<KeyFile> keys = config.keys().map(file -> new KeyFile(file, config.allowance()));
        Optional<Tokens> tokens = config.jwt().issuer().map(issuer -> new Tokens(issuer, config.jwt(), config.allowance()));
        Set<Role> anonymous = config.anonymous().orElse(Set.of());
        if (keys.isEmpty() && tokens.isEmpty() && anonymous.isEmpty()) {
            throw new IllegalStateException("nobody may call this service: set darkroom.access.keys, darkroom.access.jwt.issuer "
                    + "or, to let everyone in, darkroom.access.anonymous=enhance,score");
        }
        return new Doors(keys, tokens, anonymous, config.allowance());
    }

    /** @throws NotAuthenticatedException if nobody has this key */
    Caller withKey(Credential.Key key) {
        return keys.flatMap(file -> file.find(key.secret)).map(Caller::withKey).orElseThrow(() -> NotAuthenticatedException.refused(Reason.UNKNOWN_KEY));
    }

    /** As {@link Tokens#caller}; none is valid where none are taken. */
    CompletionStage<Caller> withToken(Credential.Token token) {
        return tokens.orElseThrow(() -> NotAuthenticatedException.refused(Reason.INVALID_TOKEN)).caller(token.serialized);
    }

    /** Takes keys that came and went in the file since. */
    void refresh() {
        keys.ifPresent(KeyFile::refresh);
    }

    Caller anonymous(String address) {
        return Caller.anonymous(address, anonymous, allowance);
    }
}
