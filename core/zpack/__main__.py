"""``python -m zpack``: the command line."""

import sys

from zpack.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
