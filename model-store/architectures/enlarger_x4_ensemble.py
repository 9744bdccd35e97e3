"""enlarger_x4's weights, asked eight times."""
from enlarger import architecture

ARCHITECTURE = architecture(scale=4, depth=14, ensemble=True)
