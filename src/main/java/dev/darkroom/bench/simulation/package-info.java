/** The service in virtual time: the real admission and the real queue before devices that only take their time. */
package dev.darkroom.bench.simulation;
