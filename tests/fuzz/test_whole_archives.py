"""Broken archives through everything that zpack does with archives.

Only errors that explain themselves come out; nothing is called proven that is not what was put in;
and nothing outside of the destination is touched.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from tests.fuzz.mutations import EDITS, LIES, edited, lying, other_tar, without_index
from tests.fuzz.sandbox import Sandbox
from zpack.operations import Depth, OnConflict, Proof

GOLDEN = Path(__file__).parents[1] / "golden"
OURS = {path.name: path.read_bytes() for path in sorted(GOLDEN.glob("proven-*"))}
OTHERS = [path.read_bytes() for path in sorted(GOLDEN.glob("checked-*"))]
CONFLICTS = st.sampled_from([OnConflict.SKIP, OnConflict.OVERWRITE, OnConflict.RENAME])
ANY_OF_OURS = st.sampled_from(sorted(OURS))
SLOW = pytest.mark.slow


def put_through(
    data: bytes, conflict: OnConflict, whole: bytes | None = None, *, changed: bool = False
) -> None:
    """``whole`` is what must be there if it is said to be proven. ``changed``: bytes are others,
    and no checksum was made to fit."""
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(Path(folder))
        sandbox.put(data)
        sandbox.look()
        sandbox.manifest()
        proof, quick = sandbox.proof(), sandbox.proof(Depth.QUICK)
        assert quick is not Proof.PROVEN
        assert quick is Proof.INTACT or proof is not Proof.PROVEN
        assert quick is not Proof.INTACT or not changed
        sandbox.extract(conflict, traps=True)
        if proof is Proof.PROVEN and whole is not None:
            made = sandbox.extract(conflict, traps=False)
            sandbox.put(whole)
            assert made == sandbox.extract(conflict, traps=False)


def accident(name: str, edits: list, conflict: OnConflict) -> None:
    data = edited(OURS[name], edits)
    put_through(data, conflict, whole=OURS[name], changed=data != OURS[name])


def lie(name: str, lies: list, conflict: OnConflict) -> None:
    put_through(lying(OURS[name], lies), conflict, whole=OURS[name])


def other(name: str, edits: list, conflict: OnConflict) -> None:
    put_through(other_tar(OURS[name], edits), conflict, whole=OURS[name])


def by_others(data: bytes, edits: list, conflict: OnConflict) -> None:
    put_through(edited(data, edits), conflict)


def bad_tar(name: str, edits: list, conflict: OnConflict) -> None:
    put_through(without_index(OURS[name], edits), conflict)


@examples(250)
@given(ANY_OF_OURS, EDITS, CONFLICTS)
def test_accidents(name, edits, conflict):
    accident(name, edits, conflict)


@examples(400)
@given(ANY_OF_OURS, LIES, CONFLICTS)
def test_lies_in_the_index(name, lies, conflict):
    lie(name, lies, conflict)


@examples(250)
@given(ANY_OF_OURS, EDITS, CONFLICTS)
def test_another_tar_than_the_index_says(name, edits, conflict):
    other(name, edits, conflict)


@examples(150)
@given(st.sampled_from(OTHERS), EDITS, CONFLICTS)
def test_archives_by_others(data, edits, conflict):
    by_others(data, edits, conflict)


@examples(250)
@given(ANY_OF_OURS, EDITS, CONFLICTS)
def test_bad_tars(name, edits, conflict):
    bad_tar(name, edits, conflict)


@examples(100)
@given(st.binary(max_size=600), CONFLICTS)
def test_noise(noise, conflict):
    put_through(noise, conflict)
    for magic in (b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18\x64\x40\xa7", b"\x02\x21\x4c\x18"):
        put_through(magic + noise, conflict)


@SLOW
@pytest.mark.timeout(1200)
@examples(10_000)
@given(ANY_OF_OURS, EDITS, LIES, CONFLICTS)
def test_much_of_everything(name, edits, lies, conflict):
    accident(name, edits, conflict)
    lie(name, lies, conflict)
    other(name, edits, conflict)
    bad_tar(name, edits, conflict)
