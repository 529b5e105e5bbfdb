"""The desktop: a Foley editor over the engine and the trainer."""

__version__ = "0.1.0"
