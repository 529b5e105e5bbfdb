"""Published models: which there are, how their files get here and how they leave. Torch-free at import."""
