"""``python -m zpack_gui``."""

import sys

from zpack_gui.app import run

if __name__ == "__main__":
    sys.exit(run())
