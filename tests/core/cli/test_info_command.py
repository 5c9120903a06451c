"""``zpack info``: facts."""

import json
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.info_command import facts
from zpack.operations import InfoReport


def test_facts(archive: Path):
    done = zpack("info", archive)
    assert done.code == 0
    told = {line.split(":")[0]: line.split(":", 1)[1].strip() for line in done.text.splitlines()}
    assert told["Archive"] == str(archive)
    assert (told["Files"], told["Folders"], told["Links"]) == ("2", "3", "2")
    assert told["Content"].startswith("26 kB (25,500 bytes)")
    assert told["Digests"].startswith("yes")
    assert told["Recovery"] == "none"


def test_json(archive: Path):
    answer = json.loads(zpack("info", archive, "--json").text)
    assert answer["size"] == archive.stat().st_size
    assert (answer["made_by_zpack"], answer["has_digests"]) == (True, True)
    assert answer["content_size"] == 25_500
    assert answer["exit_code"] == 0
    entries = json.loads(zpack("list", archive, "--json").text)["entries"]
    newest = max((entry["mtime"], entry["mtime_ns"]) for entry in entries)
    assert (answer["newest_mtime"], answer["newest_mtime_ns"]) == newest


def test_an_empty_archive_has_no_newest(tmp_path: Path):
    empty = InfoReport("a", "f", 1, 0, 0, 0, 0, 0, 1, True, True, True, False, None)
    assert "Newest" not in dict(facts(empty))
