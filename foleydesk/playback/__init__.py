"""What is heard: mixing, the playhead, the way to the loudspeaker, loudness. No Qt, no torch."""
