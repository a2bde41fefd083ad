"""A map on paper, drawn by our own hand: frame, ground, names, signs, legend and scale, as one SVG."""
