"""`import zpack` as a library."""

import subprocess
import sys
from pathlib import Path

import pytest

import zpack


def test_every_name_is_there() -> None:
    for name in zpack.__all__:
        assert getattr(zpack, name) is not None
    assert set(zpack.__all__) <= set(dir(zpack))
    with pytest.raises(AttributeError, match="no_such_thing"):
        zpack.no_such_thing  # noqa: B018


def test_the_example_of_the_docstring(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one").write_text("picture")
    target = str(tmp_path / "photos.tar.zst")
    request = zpack.CreateRequest(target, (str(tmp_path / "photos"),))
    assert zpack.create(request, zpack.Control()).files == 1
    report = zpack.verify(zpack.VerifyRequest(target), zpack.Control())
    assert report.proof is zpack.Proof.PROVEN
    job = zpack.Job(lambda control: zpack.list_archive(zpack.ListRequest(target), control))
    assert job.join(30)
    assert job.report is not None
    assert job.report.listing.find(b"photos/one") is not None


def test_the_name_alone_loads_nothing() -> None:
    code = "import sys, zpack; sys.exit(any(m in sys.modules for m in ('zstandard', 'xxhash')))"
    subprocess.run([sys.executable, "-c", code], check=True)
