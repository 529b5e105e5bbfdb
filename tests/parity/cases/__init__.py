"""One file a kind of case. Each gives `HANDLES`, the beginnings of the case names that it checks, and `check`,
which takes a Vector and yields a Check for each stored output."""
