"""Making the bundled model: sounds, scenes, and the training of each of its parts."""
