"""Runs the corpus through a target, and mutations of it: the same ones for the same seed.

Usage: python -m tests.fuzz.replay TARGET SEED MUTATIONS [FILE...]. With files only those. Memory is
limited to what the process has when it begins and 1 GiB, a case to 20 seconds; what goes wrong is
saved beside the corpus's folder and named.
"""

import faulthandler
import random
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.corpus import corpus
from tests.fuzz.targets import TARGETS

MEMORY = 2 << 30
SECONDS = 20
_ODD = (b"\0", b"\xff", b"\x7f", b"\x80", b"\xff" * 4, bytes(8), b"\xff" * 8, b"../", b"9" * 12)


def mutations(found: list[bytes], seed: str, count: int) -> Iterator[bytes]:
    """Examples with bits flipped, bytes put, cut, repeated and mixed with others."""
    monkey = random.Random(seed)
    for _ in range(count):
        data = bytearray(monkey.choice(found))
        for _ in range(monkey.randrange(1, 5)):
            at = monkey.randrange(len(data) + 1)
            length = monkey.choice((1, 2, 4, 8, 64, 512))
            how = monkey.randrange(6)
            if how == 0 and data:
                data[at % len(data)] ^= 1 << monkey.randrange(8)
            elif how == 1:
                odd = monkey.choice(_ODD)
                data[at : at + len(odd)] = odd
            elif how == 2:
                data[at : at + length] = monkey.randbytes(length)
            elif how == 3:
                del data[at : at + length]
            elif how == 4:
                data[at:at] = data[at : at + length]
            else:
                other = monkey.choice(found)
                data[at:] = other[at:] if monkey.randrange(2) else other[len(other) // 2 :]
        yield bytes(data)


def run(target: str, cases: Iterator[bytes]) -> None:
    """Each case, within its time."""
    for data in cases:
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        try:
            TARGETS[target](data)
        except BaseException:
            sys.stderr.write(f"{target}: {data[:4000].hex()}\n")
            raise
        finally:
            faulthandler.cancel_dump_traceback_later()


def main() -> None:
    """As the usage says."""
    target, seed, count, *files = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if files:
        run(target, (Path(file).read_bytes() for file in files))
        return
    found = corpus(target)
    run(target, iter(found))
    run(target, mutations(found, f"{seed} {target}", int(count)))


if __name__ == "__main__":
    main()
