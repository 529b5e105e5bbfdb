"""`python -m foleydesk` is the console script."""

import sys

from foleydesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
