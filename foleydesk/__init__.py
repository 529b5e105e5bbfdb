"""The desktop: a Foley editor over the engine and the trainer."""
