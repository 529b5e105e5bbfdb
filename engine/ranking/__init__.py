"""One file a scorer, and the ranker that reads their scores as one card."""
