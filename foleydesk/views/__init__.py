"""What is seen: widgets that ask and paint, and hold no second truth."""
