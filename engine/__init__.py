"""Generation and ranking: video and words in, candidate sounds with score cards out. Knows no window."""
