/** The enhancement tasks over HTTP: parameters in, image and headers out. */
package dev.darkroom.enhance.http;
