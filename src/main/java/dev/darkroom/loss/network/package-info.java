/** Published networks as measures see them: weights, layers, the features of pictures of any size, and what values rest on. */
package dev.darkroom.loss.network;
