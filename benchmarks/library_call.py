"""``python -m benchmarks.library_call CALL ARGUMENT...``: time a call of the library.

Its own process, so that one call's memory is not another's. The first call imports what it needs;
the second one is measured, and told as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict

import zpack
from benchmarks.sample import Sample


def main(arguments: list[str]) -> int:
    """The exit code."""
    call = _call(arguments)
    call()
    print(json.dumps(asdict(measure(call))))
    return 0


def _call(arguments: list[str]) -> Callable[[], None]:
    match arguments:
        case ["list", archive]:
            return lambda: list_archive(archive)
        case ["extract-one", archive, member]:
            return lambda: extract_one(archive, member)
    raise SystemExit(f"There is no such call: {arguments}")


def measure(call: Callable[[], None]) -> Sample:
    """One run of ``call``."""
    cpu, started = time.process_time(), time.perf_counter()
    call()
    return Sample(time.perf_counter() - started, time.process_time() - cpu)


def list_archive(archive: str) -> None:
    """All that a front end needs to show the archive."""
    report = zpack.list_archive(zpack.ListRequest(archive), zpack.Control())
    assert len(report.listing) > 1


def extract_one(archive: str, member: str) -> None:
    """One file, into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="zpack-bench-") as folder:
        request = zpack.ExtractRequest(archive, folder, members=(member,))
        assert zpack.extract(request, zpack.Control()).files == 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
