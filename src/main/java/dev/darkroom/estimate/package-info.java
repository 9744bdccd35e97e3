/** What a network is told of a picture besides its pixels, found out before it sees it; each kind of it has a room. */
package dev.darkroom.estimate;
