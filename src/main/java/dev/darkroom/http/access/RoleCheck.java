package dev.darkroom.http.access;

import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.NotPermittedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a caller use a resource for which they have a role. The framework has matched it, so no spelling of an address gets around this. */
public final class RoleCheck {
    private static final Role[] UNLESS_SAID = {Role.ADMIN};

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION, nonBlocking = true)
    void check(ResourceInfo resource, RoutingContext context) {
        require(context, required(resource));
    }

    /** Of a request that has gone some way already, and wants something more. */
    public static void require(RoutingContext context, Role... required) {
        Caller caller = Gate.caller(context).orElseThrow(NotAuthenticatedException::missing);
        if (Arrays.stream(required).noneMatch(caller.roles()::contains)) {
            throw caller.anonymous() ? NotAuthenticatedException.missing() : new NotPermittedException("this needs the role "
                    + Arrays.stream(required).map(Role::toString).collect(Collectors.joining(" or ")));
        }
    }

    private static Role[] required(ResourceInfo resource) {
        Requires ofMethod = resource.getResourceMethod().getAnnotation(Requires.class);
        Requires requires = ofMethod != null ? ofMethod : resource.getResourceClass().getAnnotation(Requires.class);
        return requires != null ? requires.value() : UNLESS_SAID;
    }
}
