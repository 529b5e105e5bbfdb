"""A project on disk: saved whole or not at all, journalled, locked, and found again after a crash. No Qt."""
