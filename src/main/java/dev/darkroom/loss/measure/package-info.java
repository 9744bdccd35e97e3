/** What a measure is: what it says of itself, what can be chosen, by which convention it sees pictures, and why it may have no value. */
package dev.darkroom.loss.measure;
