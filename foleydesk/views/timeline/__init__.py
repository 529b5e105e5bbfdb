"""The timeline: picture, sound, events and tracks over one time axis."""
