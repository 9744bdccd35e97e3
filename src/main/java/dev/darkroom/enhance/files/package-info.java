/** The enhancement tasks from the command line: files and folders in, files out. */
package dev.darkroom.enhance.files;
