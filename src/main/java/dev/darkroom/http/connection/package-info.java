/** Connections, whatever is sent on them. */
package dev.darkroom.http.connection;
