#!/usr/bin/env python3
"""Sets zpack up and runs it, its checks and its tools, with nothing but Python's own library."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"zpack needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})."
    )

from dev_tools import commands, say

if __name__ == "__main__":
    try:
        sys.exit(commands.main(sys.argv[1:]))
    except say.CannotGoOn as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit(130)
