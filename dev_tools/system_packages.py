"""What must come from the system: Qt's libraries, and the programs that the tests compare with.

Only Linux needs this. Elsewhere Qt brings all it needs, and tests skip for a missing program.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dev_tools import say
from dev_tools.interpreter import Interpreter


@dataclass(frozen=True)
class Need:
    package: str  # its name in Debian and its descendants
    what: str  # what a reader on another system looks for
    present: Callable[[], bool]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a library: the only question that counts for Qt."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def library(package: str, name: str) -> Need:
    return Need(package, name, lambda: loads(name))


def program(package: str, *names: str) -> Need:
    """A package of which one program is needed: any of `names`."""
    return Need(package, " or ".join(names), lambda: any(map(shutil.which, names)))


def font(package: str, family: str) -> Need:
    """A font, wherever fontconfig looks for those of the system."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]

    def present() -> bool:
        return any(any(folder.rglob(f"{family}*.?tf")) for folder in folders)

    return Need(package, f"the font {family}", present)


def environments(interpreter: Interpreter) -> Need:
    """Debian packs the part of Python that makes environments apart."""
    of_the_system = interpreter.path.parent.as_posix() == "/usr/bin"
    default = of_the_system and os.path.realpath("/usr/bin/python3") == str(interpreter.path)
    package = "python3-venv" if default else f"python{interpreter.minor}-venv"

    def present() -> bool:
        command = [str(interpreter.path), "-I", "-c", "import ensurepip, venv"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    return Need(package, f"the module venv of {interpreter.path}", present)


WINDOW = (
    library("libglib2.0-0", "libglib-2.0.so.0"),
    library("libgl1", "libGL.so.1"),
    library("libegl1", "libEGL.so.1"),
    library("libdbus-1-3", "libdbus-1.so.3"),
    library("libfontconfig1", "libfontconfig.so.1"),
    library("libxkbcommon0", "libxkbcommon.so.0"),
)
X11 = (
    library("libxcb-cursor0", "libxcb-cursor.so.0"),
    library("libxcb-icccm4", "libxcb-icccm.so.4"),
    library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    library("libxcb-shape0", "libxcb-shape.so.0"),
    library("libxcb-xkb1", "libxcb-xkb.so.1"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
)
WAYLAND = (
    library("libwayland-cursor0", "libwayland-cursor.so.0"),
    library("libwayland-egl1", "libwayland-egl.so.1"),
)
PROGRAMS = (
    program("zstd", "zstd"),
    program("lz4", "lz4"),
    program("zip", "zip"),
    program("unzip", "unzip"),
    program("par2", "par2"),
    program("attr", "setfattr"),
    program("acl", "setfacl"),
    program("tar", "tar"),
    program("libarchive-tools", "bsdtar"),
    program("7zip", "7zz"),
    program("xxhash", "xxhsum"),
    program("b3sum", "b3sum"),
    program("rsync", "rsync"),
    program("diffutils", "diff"),
    program("findutils", "find"),
    program("xvfb", "Xvfb"),
    program("xauth", "xauth"),
    program("xdotool", "xdotool"),
    program("util-linux", "setpriv", "runuser"),
)
FONTS = (font("fonts-inter", "Inter"),)  # without any font a window shows no text
EVERYTHING = WINDOW + X11 + PROGRAMS + FONTS


def has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def for_the_window() -> tuple[Need, ...]:
    """What the window needs on the display that is here."""
    return WINDOW + (WAYLAND if os.environ.get("WAYLAND_DISPLAY") else X11)


def missing(needs: Iterable[Need]) -> list[Need]:
    if not sys.platform.startswith("linux"):
        return []
    return [need for need in needs if not need.present()]


def advice(absent: list[Need]) -> str:
    """One message that says all that is missing and how to get it, in one line to copy."""
    listed = "\n".join(f"  {need.what}" for need in absent)
    if not shutil.which("apt-get"):
        return f"Install these with your system's packages, then try again:\n{listed}"
    line = shlex.join(["sudo", *apt_install(absent)])
    return f"These are missing:\n{listed}\n\nInstall them with this, then try again:\n  {line}"


def apt_install(absent: list[Need]) -> list[str]:
    packages = sorted({need.package for need in absent})
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def ensure(needs: Iterable[Need]) -> None:
    """Installs what is missing if that is possible here, or else says how to."""
    absent = missing(needs)
    if not absent:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise say.CannotGoOn(advice(absent))
    say.step("Installing system packages: " + " ".join(sorted({n.package for n in absent})))
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-q", "update"], apt_install(absent)):
        # The result that counts is what's there afterwards: an update may fail in part.
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
    still_absent = missing(absent)
    if still_absent:
        raise say.CannotGoOn("apt-get could not install everything. " + advice(still_absent))
