"""Fuzzes one target with atheris, which follows what the code does with the bytes.

Usage: python -m tests.fuzz.with_atheris TARGET FOLDER [LIBFUZZER OPTION...]
"""

import shlex
import sys

import atheris

with atheris.instrument_imports(include=["zpack"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Does not return: libFuzzer ends the process."""
    name = sys.argv[1]
    # As libFuzzer starts it again, through a shell, to merge.
    again = shlex.join([sys.executable, "-m", "tests.fuzz.with_atheris", name])
    sys.argv = [again, *sys.argv[2:]]
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
