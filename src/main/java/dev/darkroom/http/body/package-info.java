/** Uploads on their way in and answers on their way out: without a thread each, and on admission's books. */
package dev.darkroom.http.body;
