/** Deep semantic statistics: how samples of pictures resemble each other, in a batch or over past ones. */
package dev.darkroom.loss.semantic;
