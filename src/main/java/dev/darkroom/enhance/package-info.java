/** The enhancement tasks: one visible list of steps from upload to answer, whoever asks. */
package dev.darkroom.enhance;
