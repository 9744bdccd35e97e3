/** What the networks of each task are shown. */
package dev.darkroom.train.curriculum;
