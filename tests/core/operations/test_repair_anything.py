"""Whatever was done to an archive: what repair calls proven is what was put in, and so is what it
does not call doubtful."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.core.operations.repairs import archive_of, files_of
from tests.fuzz.examples import examples
from tests.fuzz.targets import _folder
from zpack.errors import NothingToSave
from zpack.jobs import Control
from zpack.operations import Proof, RepairRequest, repair

ARCHIVES: dict[tuple[str, int], bytes] = {}
FILES = {f"f{n}": random.Random(n).randbytes(1000 * n) + b"text\n" * 500 * n for n in range(25)}


def archive(ending: str, recovery: int) -> bytes:
    if (ending, recovery) not in ARCHIVES:
        with _folder() as folder:
            for name, content in FILES.items():
                (folder / name).write_bytes(content)
            wishes = {"recovery": recovery} if recovery else {}
            target = Path(str(folder) + f".{ending}")
            try:
                ARCHIVES[ending, recovery] = archive_of(folder, target, **wishes)
            finally:
                target.unlink()
    return ARCHIVES[ending, recovery]


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(made) + 1), chance.choice((1, 512, 20_000, 100_000))
        match chance.randrange(5):
            case 0:
                made[at : at + length] = bytes(min(length, len(made) - at))
            case 1:
                made[at : at + length] = chance.randbytes(min(length, len(made) - at))
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = chance.randbytes(length)
            case _:
                made = made[:at] if chance.random() < 0.5 else made[at:]
        made = made or bytearray(b"x")
    return bytes(made)


@examples(40)
@given(
    chance=st.randoms(use_true_random=False),
    ending=st.sampled_from(["tar.zst", "tar.lz4"]),
    recovery=st.sampled_from([0, 5]),
    copies=st.integers(1, 2),
)
def test_nothing_is_called_good_that_is_not(chance, ending, recovery, copies) -> None:
    whole = archive(ending, recovery)
    with _folder() as folder:
        paths = []
        for number in range(copies):
            path = folder / f"copy{number}.{ending}"
            path.write_bytes(damaged(whole, chance))
            paths.append(str(path))
        fixed = folder / f"fixed.{ending}"
        try:
            report = repair(RepairRequest(paths[0], str(fixed), tuple(paths[1:])), Control())
        except NothingToSave:
            return
        found = files_of(str(fixed), folder / "out")
        doubtful = {path.rpartition("/")[2] for path in report.damage.doubtful}
        assert report.damage.proof in (Proof.PROVEN, Proof.PROOF_LOST)
        assert not doubtful or report.damage.proof is Proof.PROOF_LOST
        for path, content in found.items():
            name = path.rpartition("/")[2]
            assert name in doubtful or content == FILES[name], name
