"""``zpack info``: facts."""

import json
from pathlib import Path

from tests.core.cli.support import zpack


def test_facts(archive: Path):
    done = zpack("info", archive)
    assert done.code == 0
    facts = {line.split(":")[0]: line.split(":", 1)[1].strip() for line in done.text.splitlines()}
    assert facts["Archive"] == str(archive)
    assert (facts["Files"], facts["Folders"], facts["Links"]) == ("2", "3", "2")
    assert facts["Content"].startswith("26 kB (25,500 bytes)")
    assert facts["Digests"].startswith("yes")
    assert facts["Recovery"] == "none"


def test_json(archive: Path):
    answer = json.loads(zpack("info", archive, "--json").text)
    assert answer["size"] == archive.stat().st_size
    assert (answer["made_by_zpack"], answer["has_digests"]) == (True, True)
    assert answer["content_size"] == 25_500
    assert answer["exit_code"] == 0
