package dev.darkroom.image.file;

/**
 * How much a JPEG file has lost of its picture, as its own tables say.
 *
 * @param quality 1 to 100 on libjpeg's scale; of other programs' tables the one whose luma steps sum to the most similar number
 * @param halved  in how many of the two directions colour has half the resolution of luma, as a share: 0 (4:4:4), 0.5 (4:2:2) or 1 (4:2:0)
 */
public record JpegCoding(int quality, double halved) {}
