package dev.darkroom.job;

/** What happens to jobs, for whoever counts it. */
public interface JobEvents {
    /** @param how done, failed or cancelled */
    void ended(String how);
}
