"""Pictures and sounds in files: what they hold, when each frame shows, and how to write them. Torch-free."""
