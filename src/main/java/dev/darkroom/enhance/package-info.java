/** The enhancement tasks over HTTP and from the command line: one visible list of steps from upload to answer. */
package dev.darkroom.enhance;
