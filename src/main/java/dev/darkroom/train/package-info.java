/** The trainer and its command line; what it shows a network is in {@code degradation}, what measures the results in {@code evaluation}. */
package dev.darkroom.train;
