/** Training and evaluation: photographs, degradations, the trainer and its command line. */
package dev.darkroom.train;
