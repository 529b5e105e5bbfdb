"""Published metrics, one a file. They take onset times; where those come from is not their concern."""
