"""``python -m benchmarks``: measure, print, write, compare."""

import sys

from benchmarks import estimates, memory, tuning
from benchmarks.options import parse
from benchmarks.session import measure_all

_ESTIMATES = "--estimates"  # has options of its own


def main(arguments: list[str]) -> int:
    """The command's exit code: 0, or 1 if something got worse, or 2 if it could not be compared."""
    if _ESTIMATES in arguments:
        return estimates.main([each for each in arguments if each != _ESTIMATES])
    options = parse(arguments)
    if options.memory:
        return memory.main(options)
    if options.tune:
        return tuning.main(options)
    return measure_all(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
