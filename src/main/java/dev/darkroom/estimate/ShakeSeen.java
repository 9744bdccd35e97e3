package dev.darkroom.estimate;

/** Whether the camera was seen to shake. */
public enum ShakeSeen {
    /** It was. */
    FOUND,
    /** It was not, but noise could hide it: the network is told of none, and asked. */
    UNSEEN,
    /** It was not, and would have been: there is nothing to undo. */
    NONE
}
