"""Who runs the programs: an ordinary user, since root ignores modes."""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

NOBODY = 65534


def ordinary_user() -> dict[str, Any]:
    """What ``subprocess`` needs to give up root's rights; nothing where there are none."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def give_away(path: Path) -> None:
    """Let the ordinary user own ``path`` and all below."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-hR", f"{NOBODY}:{NOBODY}", path], check=True)


def public_folder() -> Path:
    """A new folder of the ordinary user's that everyone may enter; pytest's own are private."""
    folder = Path(tempfile.mkdtemp(prefix="zpack-test-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    give_away(folder)
    return folder


def remove_folder(folder: Path) -> None:
    """Remove it, with whatever is read-only in it."""
    folder.chmod(0o755)
    for place, folders, _files in os.walk(folder):
        for name in folders:
            path = os.path.join(place, name)
            if not stat.S_ISLNK(os.lstat(path).st_mode):
                os.chmod(path, 0o700)
    shutil.rmtree(folder)
