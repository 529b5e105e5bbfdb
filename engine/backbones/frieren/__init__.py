"""Frieren (Wang et al. 2024): the network alone, without the codec that it makes sounds with."""
