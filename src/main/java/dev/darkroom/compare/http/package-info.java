/** Comparisons over HTTP. */
package dev.darkroom.compare.http;
