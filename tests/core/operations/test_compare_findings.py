"""What a comparison remembers of each row, and the list that it makes of it."""

from zpack.entries import Attributes, Kind, Listing, ListingBuilder
from zpack.jobs import Outcome
from zpack.operations import Aspect, Difference, Standing
from zpack.operations.compare_findings import Findings

FOLDER, INSIDE, FILE = 1, 3, 2


def listing() -> Listing:
    rows = ListingBuilder()
    rows.append(0, b"a", Attributes(Kind.DIRECTORY))
    rows.append(0, b"a b", Attributes(Kind.FILE))
    rows.append(FOLDER, b"x", Attributes(Kind.FILE))
    for row in range(1, 4):
        rows.place(row, 0, row)
    return rows.build()


def test_a_folder_comes_before_what_is_in_it_and_that_before_its_neighbours() -> None:
    findings = Findings(listing(), frozenset())
    for row in (FILE, INSIDE, FOLDER):
        findings.differs(row, Aspect.MTIME)
    findings.new(b"a/y", None)
    assert [one.path for one in findings.differences()] == ["a", "a/x", "a/y", "a b"]


def test_aspects_come_in_their_own_order_and_ignored_ones_not_at_all() -> None:
    findings = Findings(listing(), frozenset({Aspect.OWNER}))
    for aspect in (Aspect.MTIME, Aspect.OWNER, Aspect.CONTENT):
        findings.differs(FILE, aspect)
    (one,) = findings.differences()
    aspects = (Aspect.CONTENT, Aspect.MTIME)
    assert one == Difference("a b", Standing.DIFFERENT, Kind.FILE, aspects)


def test_outcomes() -> None:
    findings = Findings(listing(), frozenset())
    assert findings.outcome(FILE) == Outcome.DONE
    findings.missing(FILE)
    assert (findings.outcome(FILE), findings.is_same(FILE)) == (Outcome.CHANGED, False)
    findings.unknown(FILE)
    assert (findings.outcome(FILE), findings.problems) == (Outcome.FAILED, [])
    findings.damaged(FILE, "why")
    assert (findings.outcome(FILE), len(findings.problems)) == (Outcome.DAMAGED, 1)


def test_what_one_file_on_disk_showed_holds_under_its_other_name() -> None:
    findings = Findings(listing(), frozenset())
    findings.differs(FILE, Aspect.CONTENT)
    findings.differs(FILE, Aspect.LINK)
    findings.same_file(INSIDE, FILE)
    assert [one.aspects for one in findings.differences() if one.path == "a/x"] == [
        (Aspect.CONTENT,)
    ]
