package dev.darkroom.model;

/** A manifest is broken; the message names the checkpoint, the line and what is wrong there. */
public final class ManifestException extends RuntimeException {

    private static final int LONGEST_PROBLEM = 300;

    ManifestException(CheckpointId id, String problem) {
        super(id + ": manifest.json " + readable(problem));
    }

    /** @param line counted from 1 */
    ManifestException(CheckpointId id, int line, String problem) {
        super(id + ": manifest.json line " + line + ": " + readable(problem));
    }

    // The problem may quote the manifest, which may hold anything.
    private static String readable(String problem) {
        String oneLine = problem.replaceAll("\\p{Cntrl}+", " ");
        return oneLine.length() <= LONGEST_PROBLEM ? oneLine : oneLine.substring(0, LONGEST_PROBLEM) + "...";
    }
}
