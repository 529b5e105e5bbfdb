"""What the designer preferred: events as they happened, where they are kept, and the pairs they give. Torch-free."""
