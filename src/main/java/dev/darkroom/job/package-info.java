/** Requests that are answered later: kept as files in a folder, run when there is room, found again by their id. */
package dev.darkroom.job;
