"""Each test attacks with archives of every form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.threats.crafting import FORMS
from tests.core.threats.field import Field


@pytest.fixture(params=FORMS)
def field(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Field]:
    """A destination inside a sentinel tree, which must be as before when the test ends."""
    made = Field(tmp_path, request.param)
    monkeypatch.chdir(made.here)
    yield made
    made.check()
