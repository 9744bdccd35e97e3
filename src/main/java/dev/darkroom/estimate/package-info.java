/** What is found out of one picture before a network sees it. */
package dev.darkroom.estimate;
