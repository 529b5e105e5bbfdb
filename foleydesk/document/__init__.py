"""The project as a value: cues, takes, tracks and clips, and the edits that make one project of another. No Qt."""
