"""Are our networks the published ones? Golden outputs of the originals, on weights and inputs that a seed determines.

`python -m tests.parity FOLDER` checks every vector (`*.npz`) in a folder and prints how far ours is from each.
"""
