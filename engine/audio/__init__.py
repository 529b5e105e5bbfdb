"""Arithmetic on sound that knows no model: resampling, spectrogram levels, finishing."""
