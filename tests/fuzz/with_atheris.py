"""Fuzzes one target with atheris, which follows what the code does with the bytes.

Usage: python -m tests.fuzz.with_atheris TARGET FOLDER [LIBFUZZER OPTION...]
"""

import sys

import atheris

with atheris.instrument_imports(include=["zpack"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Does not return: libFuzzer ends the process."""
    name, sys.argv = sys.argv[1], [sys.argv[0], *sys.argv[2:]]
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
