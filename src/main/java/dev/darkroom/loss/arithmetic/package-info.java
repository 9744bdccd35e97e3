/** What several measures compute with. */
package dev.darkroom.loss.arithmetic;
