package dev.darkroom.http.access;

import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name      for the log: the key's name or the token's subject
 * @param account   what their use is charged to
 * @param anonymous whether they have not said who they are
 */
record Caller(String name, String account, Set<Role> roles, Allowance allowance, boolean anonymous) {

    static Caller withKey(ApiKey key) {
        return new Caller(key.name(), "key/" + key.name(), key.roles(), key.allowance(), false);
    }

    static Caller withToken(String subject, Set<Role> roles, Allowance allowance) {
        return new Caller(subject, "token/" + subject, roles, allowance, false);
    }

    static Caller anonymous(String address, Set<Role> roles, Allowance allowance) {
        return new Caller("anonymous", "address/" + address, roles, allowance, true);
    }
}
