"""The enlarger for 2 times as many pixels a side."""
from enlarger import architecture

ARCHITECTURE = architecture(scale=2, depth=10)
