/** Networks whose weights change: architectures, their trainable form, optimizers, and how they are written. */
package dev.darkroom.train.network;
