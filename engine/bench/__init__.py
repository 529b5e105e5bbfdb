"""Speed of a system of ours against the published program, on the same weights: `python -m engine.bench`."""
