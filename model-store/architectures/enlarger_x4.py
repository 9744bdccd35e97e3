"""The enlarger for 4 times as many pixels a side."""
from enlarger import architecture

ARCHITECTURE = architecture(scale=4, depth=14)
