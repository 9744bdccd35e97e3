/** Who may call: keys, tokens, roles and what each caller may use up. */
package dev.darkroom.http.access;
