/** Installs the published weights that losses on deep features run on; the project ships none of them. */
package dev.darkroom.model.features;
