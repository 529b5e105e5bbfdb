"""MMAudio (Cheng et al. 2024): sound from picture and words, with the published checkpoints."""
