"""The attacks of each class in archives of LZ4, plain ones and with an index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.native.parts import verified
from tests.core.threats.crafting import FIRST, LAST, LZ4_FORMS, file
from tests.core.threats.field import Field
from tests.core.threats.test_every_verb import ATTACKS
from zpack.operations import Proof


@pytest.fixture(params=LZ4_FORMS)
def field(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Field]:
    made = Field(tmp_path, request.param)
    monkeypatch.chdir(made.here)
    yield made
    made.check()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack(field: Field, name: str) -> None:
    field.put(*ATTACKS[name])
    answer = field.attack()
    if "class 8" not in name and "class 15" not in name:
        assert answer.code in (3, 4)
        assert answer.named


def test_the_archives_are_believed(tmp_path: Path) -> None:
    proofs = {
        form: verified(tmp_path / "a", make(FIRST, file("../evil"), LAST)).proof
        for form, make in LZ4_FORMS.items()
    }
    assert proofs == {"tar.lz4": Proof.CHECKED, "zpack in lz4": Proof.PROVEN}
