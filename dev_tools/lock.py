"""Writes requirements.lock: every package, exactly, for every system and Python, with hashes."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from dev_tools import places, say

# A lock must serve whoever installs from a mirror: it names no host.
HOST = re.compile(r"https?:|file:|(?:^|\s)--(?:extra-)?index-url|(?:^|\s)--find-links")


def named_hosts(text: str) -> list[str]:
    return [line for line in text.splitlines() if HOST.search(line)]


def write(arguments: Sequence[str]) -> int:
    """Keeps the versions that still fit; `--upgrade` among the arguments for uv chooses anew."""
    command: list[str | Path] = [
        *(places.tool("uv"), "pip", "compile", "pyproject.toml", "--extra", "dev"),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
        *("--custom-compile-command", "python3 dev.py lock"),
        *("--output-file", places.LOCK.name),
        *arguments,
    ]
    if subprocess.run(command, cwd=places.ROOT, check=False).returncode:
        raise say.CannotGoOn("uv could not work out the versions: its message is above.")
    hosts = named_hosts(places.LOCK.read_text())
    if hosts:
        raise say.CannotGoOn("requirements.lock names hosts:\n" + "\n".join(hosts))
    say.step("requirements.lock is written; `python3 dev.py setup` installs from it.")
    return 0
