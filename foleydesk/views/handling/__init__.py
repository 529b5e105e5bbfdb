"""What actions do, a file for each topic."""
