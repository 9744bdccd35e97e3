/** Looks at the machine, and says whether the service would run there. */
package dev.darkroom.doctor;
