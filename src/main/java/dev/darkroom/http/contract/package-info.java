/** The API's description, {@code META-INF/openapi.yaml}, and the service held to it. */
package dev.darkroom.http.contract;
