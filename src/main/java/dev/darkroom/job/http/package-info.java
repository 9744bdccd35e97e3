/** Jobs over HTTP: {@code Prefer: respond-async} and {@code /v1/jobs}. */
package dev.darkroom.job.http;
