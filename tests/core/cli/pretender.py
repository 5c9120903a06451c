"""The command line with a verification that pretends: the archive's name says what happens."""

import sys
from importlib import import_module
from typing import NoReturn

from zpack.cli.main import run
from zpack.jobs import Cancelled, Conflict, Control
from zpack.operations import Proof, VerifyReport, VerifyRequest


def verify(request: VerifyRequest, control: Control) -> VerifyReport:
    return {"spin": spin, "keep": keep, "ask": ask, "bug": bug}[request.archive](control)


def spin(control: Control) -> NoReturn:
    sys.stderr.write("ready\n")
    sys.stderr.flush()
    while True:
        control.check()


def keep(control: Control) -> NoReturn:
    try:
        spin(control)
    except Cancelled:
        raise Cancelled(("kept one", "kept\x1btwo")) from None


def ask(control: Control) -> VerifyReport:
    day = 86_400_000_000_000
    answers = [
        control.ask(Conflict(path, 1, day, 2_000_000, 2 * day)) for path in ("a\x1bb", "c", "d")
    ]
    words = " ".join(f"{answer.choice.value}:{answer.for_all}" for answer in answers)
    return VerifyReport(words, Proof.PROVEN, 1, 1, 1, 1.0)


def bug(control: Control) -> NoReturn:
    raise RuntimeError("a bug of ours")


if __name__ == "__main__":
    import_module("zpack.operations.verify").verify = verify
    sys.exit(run())
