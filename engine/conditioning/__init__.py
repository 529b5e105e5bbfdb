"""From media span and words to named tensors with a time base."""
