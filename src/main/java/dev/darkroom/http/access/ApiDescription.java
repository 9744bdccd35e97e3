package dev.darkroom.http.access;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** How callers show who they are, for the OpenAPI document. */
@SecurityScheme(securitySchemeName = "key", type = SecuritySchemeType.APIKEY, apiKeyName = "X-API-Key", in = SecuritySchemeIn.HEADER,
        description = "An API key; Authorization: Bearer takes it too.")
@SecurityScheme(securitySchemeName = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
        description = "A JSON Web Token of the issuer that the operator has set.")
public class ApiDescription extends Application {}
