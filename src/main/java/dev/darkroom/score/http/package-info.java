/** Scoring and the catalogue of metrics over HTTP. */
package dev.darkroom.score.http;
