"""The other programs, and which of them are here."""

import shutil
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """``programs``: all that it needs. ``version``: the command that tells it."""

    name: str
    programs: tuple[str, ...]
    version: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        """Whether it can be run."""
        return all(shutil.which(program) for program in self.programs)

    def version_line(self) -> str:
        """The first line with a number in it that it says of itself."""
        answer = subprocess.run(self.version, capture_output=True, text=True, check=False)
        lines = (line.strip("* ") for line in answer.stdout.splitlines())
        return next((line for line in lines if any(map(str.isdigit, line))), "unknown version")


TAR_ZSTD = Peer("tar + zstd", ("tar", "zstd"), ("tar", "--version"))
TAR_LZ4 = Peer("tar + lz4", ("tar", "lz4"), ("lz4", "--version"))
ZSTD = Peer("zstd", ("zstd",), ("zstd", "--version"))
BSDTAR = Peer("bsdtar", ("bsdtar",), ("bsdtar", "--version"))
SEVEN_ZIP = Peer("7zz", ("7zz",), ("7zz",))
ZIP = Peer("zip", ("zip",), ("zip", "--version"))

PEERS = (TAR_ZSTD, TAR_LZ4, ZSTD, BSDTAR, SEVEN_ZIP, ZIP)


def say_who_is_missing() -> None:
    """Each peer that isn't here, and what that means."""
    for peer in PEERS:
        if not peer.is_here:
            print(f"{peer.name} is not installed: it is left out.")
