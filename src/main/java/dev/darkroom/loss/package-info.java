/**
 * Losses and metrics of image restoration, each written once over NDArrays: the value that is reported and the gradient
 * that trains.
 */
package dev.darkroom.loss;
