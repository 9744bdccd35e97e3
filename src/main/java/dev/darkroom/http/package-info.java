/** What every endpoint shares: problem details, limits, request ids. */
package dev.darkroom.http;
