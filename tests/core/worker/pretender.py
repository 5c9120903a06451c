"""Our worker process with operations that pretend: `archive` in the request says what happens."""

import os
import signal
import sys
from collections.abc import Callable
from threading import Event

from zpack.entries import Attributes, Kind, Listing, ListingBuilder
from zpack.errors import EntryDamaged, Explanation, SourceMissing
from zpack.jobs import Cancelled, Conflict, Control, Limit, LimitQuestion, Outcome
from zpack.operations.reports import ListReport, Proof, VerifyReport
from zpack.operations.requests import ListRequest, VerifyRequest
from zpack.worker.process import leave, serve


def listing() -> Listing:
    builder = ListingBuilder()
    for name in (b"a.txt", b"b\xff.txt", b"c.txt"):
        builder.append(0, name, Attributes(Kind.FILE, size=10))
    return builder.build()


def report(problems: tuple[Explanation, ...] = ()) -> VerifyReport:
    return VerifyReport("x", Proof.PROVEN, 3, 3 - len(problems), 30, 0.5, problems)


def quick(control: Control) -> VerifyReport:
    return report()


def spin(control: Control) -> VerifyReport:
    control.progress.phase = "spinning"
    while True:
        control.check()
        control.progress.bytes_out += 1


def items(control: Control) -> VerifyReport:
    control.progress.phase = "verifying"
    control.progress.start(listing(), 3, 30)
    lane = control.progress.lane()
    for item, outcome in ((1, Outcome.DONE), (2, Outcome.DAMAGED), (3, Outcome.DONE)):
        lane.begin(item)
        lane.advance(10)
        control.progress.finish(lane, item, outcome)
    return report()


def ask(control: Control) -> VerifyReport:
    """Two questions; the answers come back as the paths of problems."""
    answers = []
    for path in ("first\udcff", "second"):
        answer = control.ask(Conflict(path, 1, 2, 3, 4))
        answers.append(f"{path} {answer.choice.value}")
    return report(tuple(EntryDamaged(answer, "").explain() for answer in answers))


def limit(control: Control) -> VerifyReport:
    """A limit, then a conflict; answers as for :func:`ask`."""
    given = control.ask(LimitQuestion("a\udcff", Limit.RATIO, 5000, 1000)).choice.value
    then = control.ask(Conflict("b", 1, 2, 3, 4)).choice.value
    return report(tuple(EntryDamaged(answer, "").explain() for answer in (given, then)))


def many(control: Control) -> VerifyReport:
    return report(tuple(EntryDamaged(f"file {n}", "x").explain() for n in range(350)))


def keep(control: Control) -> VerifyReport:
    try:
        spin(control)
    except Cancelled:
        raise Cancelled(tuple(f"kept {n}" for n in range(350))) from None
    raise AssertionError


def stubborn(control: Control) -> VerifyReport:
    control.progress.phase = "stubborn"
    Event().wait()
    raise AssertionError


def missing(control: Control) -> VerifyReport:
    raise SourceMissing("gone\udcff")


def no_permission(control: Control) -> VerifyReport:
    raise PermissionError(13, "no", "secret")


def bug(control: Control) -> VerifyReport:
    sys.stderr.write("first line\n" + "x" * 10_000 + "\n")
    raise RuntimeError("a bug of ours")


def killed(control: Control) -> VerifyReport:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def chatty(control: Control) -> VerifyReport:
    sys.stdout.write("a stray print\n")
    sys.stdout.flush()
    os.write(1, b"a stray write")
    assert os.read(0, 1) == b""
    return report()


def niceness(control: Control) -> VerifyReport:
    return VerifyReport(str(os.nice(0)), Proof.PROVEN, 0, 0, 0, 0.0)


BEHAVIOURS: dict[str, Callable[[Control], VerifyReport]] = {
    act.__name__: act
    for act in (
        quick,
        spin,
        items,
        ask,
        many,
        keep,
        stubborn,
        missing,
        no_permission,
        bug,
        killed,
        chatty,
        limit,
        niceness,
    )
}


def verify(request: VerifyRequest, control: Control) -> VerifyReport:
    return BEHAVIOURS[request.archive](control)


def list_archive(request: ListRequest, control: Control) -> ListReport:
    return ListReport(request.archive, listing(), indexed=True)


if __name__ == "__main__":
    leave(serve(lambda: {"verify": verify, "list": list_archive}))
