"""What leaves the desk: one file per format over one render plan."""
