/** Running the service: its configuration, start and end, health and metrics. */
package dev.darkroom.ops;
