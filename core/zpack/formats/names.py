"""What the names of archives promise. Only a hint: the content decides."""

import os

from zpack.filesystem import split_volume_name
from zpack.formats.registry import FORMATS, TAR_LZ4, TAR_ZST, Format

_BARE_TAR = ".tar"


def promised_format(path: str) -> Format | None:
    """The format that a name's ending promises."""
    name = _name(path).lower()
    return next((each for each in FORMATS if name.endswith(each.suffixes)), None)


def promises_tar(path: str) -> bool:
    """Whether the name is that of a compressed tar of ours, and not of one compressed file."""
    suffix = _suffix(path, (*TAR_ZST.suffixes, *TAR_LZ4.suffixes))
    return suffix.startswith(".t")


def stem(path: str) -> str:
    """An archive's name without its ending: what is in it can be called so."""
    name = _name(path)
    suffix = _suffix(path, (*TAR_ZST.suffixes, *TAR_LZ4.suffixes, _BARE_TAR))
    bare = name[: len(name) - len(suffix)].rstrip(". ")
    return bare if suffix and bare else f"{name} contents"


def _name(path: str) -> str:
    """The last component; of an archive's volume, that of the archive."""
    name = os.path.basename(path)
    split = split_volume_name(name)
    known = (*TAR_ZST.suffixes, *TAR_LZ4.suffixes)
    return split[0] if split is not None and split[0].lower().endswith(known) else name


def _suffix(path: str, suffixes: tuple[str, ...]) -> str:
    """The longest of them that the name has, in lower case."""
    name = _name(path).lower()
    return max((each for each in suffixes if name.endswith(each)), key=len, default="")
