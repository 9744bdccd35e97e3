package dev.darkroom.image.raw;

/** Numbers of the fields that are read (TIFF 6.0, TIFF/EP, DNG 1.7). */
final class DngTag {
    static final int SUBFILE = 254;
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANES = 284;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int OTHER_DIRECTORIES = 330;
    static final int SAMPLE_FORMAT = 339;
    static final int CFA_SIZE = 33421;
    static final int CFA = 33422;
    static final int DNG_VERSION = 50706;
    static final int PLANE_COLOURS = 50710;
    static final int CFA_LAYOUT = 50711;
    static final int LINEARISATION = 50712;
    static final int BLACK_SIZE = 50713;
    static final int BLACK = 50714;
    static final int BLACK_OF_COLUMNS = 50715;
    static final int BLACK_OF_ROWS = 50716;
    static final int WHITE = 50717;
    static final int SCALE = 50718;
    static final int CROP_ORIGIN = 50719;
    static final int CROP_SIZE = 50720;
    static final int COLOUR_MATRIX_1 = 50721;
    static final int COLOUR_MATRIX_2 = 50722;
    static final int CALIBRATION_1 = 50723;
    static final int CALIBRATION_2 = 50724;
    static final int ANALOG_BALANCE = 50727;
    static final int NEUTRAL = 50728;
    static final int WHITE_XY = 50729;
    static final int BASELINE_EXPOSURE = 50730;
    static final int ILLUMINANT_1 = 50778;
    static final int ILLUMINANT_2 = 50779;
    static final int ACTIVE_AREA = 50829;
    static final int CALIBRATION_SIGNATURE = 50931;
    static final int PROFILE_SIGNATURE = 50932;
    static final int FORWARD_MATRIX_1 = 50964;
    static final int FORWARD_MATRIX_2 = 50965;
    static final int CORRECTIONS_1 = 51008;
    static final int CORRECTIONS_2 = 51009;
    static final int CORRECTIONS_3 = 51022;
    static final int NOISE = 51041;

    private DngTag() {}
}
