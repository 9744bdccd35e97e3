package dev.darkroom.http.contract;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one method does at one address.
 *
 * @param parameters the names of its query parameters
 * @param lists      those of them that list something, and may come more than once
 * @param more       a pattern of further names that it takes
 */
record Operation(Set<String> parameters, Set<String> lists, Optional<Pattern> more) {

    boolean knows(String parameter) {
        return parameters.contains(parameter) || more.isPresent() && more.get().matcher(parameter).matches();
    }

    boolean mayRepeat(String parameter) {
        return lists.contains(parameter);
    }

    /** The parameter that somebody who wrote this most likely meant; empty if none is like it. */
    Optional<String> nearest(String written) {
        return parameters.stream().filter(name -> Math.abs(name.length() - written.length()) <= name.length())
                .filter(name -> edits(name, written) <= Math.max(1, Math.min(name.length(), written.length()) / 2))
                .min(Comparator.comparingInt(name -> edits(name, written)));
    }

    /** Letters to insert, delete, replace or swap with their neighbour to make one of the other (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1,
                        edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
