"""What the bundled model reaches, one figure a file: `python -m training.pretrain.evaluate --help`.

A figure is a function from a `Bench` (a model, a work folder, how much to measure) to a `Figure` (rows with what is
wanted of them). What a figure measures with are plain functions of sounds and onsets.
"""
