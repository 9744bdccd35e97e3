/** What commands share towards the person at a terminal: progress, and an end in order. */
package dev.darkroom.terminal;
