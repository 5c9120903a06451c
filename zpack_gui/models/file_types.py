"""What a file probably is, by the end of its name: a word and an icon."""

from functools import lru_cache

from PySide6.QtCore import QObject

from zpack.entries import Kind, Listing

_ICONS = {
    "file-image": "png jpg jpeg gif webp svg bmp tif tiff heic avif ico raw cr2 nef psd xcf",
    "file-audio": "mp3 flac ogg opus wav m4a aac mid wma",
    "file-video": "mp4 mkv webm mov avi m4v mpg mpeg wmv",
    "file-archive": "zip 7z rar tar gz xz zst bz2 lz4 tgz jar whl deb rpm iso cab",
    "file-code": "py pyi c h cpp hpp cc rs go js ts tsx jsx java kt cs rb php sh bash ps1 html css "
    "json xml yaml yml toml ini cfg sql lua pl r m swift zig s asm cmake",
    "file-text": "txt md rst log csv tsv doc docx odt pdf rtf tex epub xls xlsx ods ppt pptx odp",
}
_BY_ENDING = {ending: name for name, endings in _ICONS.items() for ending in endings.split()}


def ending(name: bytes) -> str:
    """``jpg``; empty if there is none, or none that could be one."""
    stem, dot, last = name.rpartition(b".")
    if not dot or not stem or not last or len(last) > 8:
        return ""
    return last.decode("ascii", "replace").lower() if last.isalnum() else ""


def icon_name(kind: int, name: bytes) -> str:
    """The icon for an entry."""
    if kind == Kind.DIRECTORY:
        return "folder"
    if kind in (Kind.SYMLINK, Kind.HARD_LINK):
        return "link"
    if kind != Kind.FILE:
        return "device"
    return _BY_ENDING.get(ending(name), "file")


def type_key(listing: Listing, row: int) -> str:
    """Entries of a type have the same."""
    kind = listing.kind[row]
    return ending(listing.name(row)) if kind == Kind.FILE else f"\x7f{kind}"


class TypeWords(QObject):
    """The words; an object only because translations belong to a class."""

    @lru_cache(maxsize=512)  # noqa: B019  one object, as long as the program
    def word(self, kind: int, end: str) -> str:
        """``Folder``, ``JPG file``."""
        if kind == Kind.FILE:
            return self.tr("%1 file").replace("%1", end.upper()) if end else self.tr("File")
        return {
            int(Kind.HARD_LINK): self.tr("Hard link"),
            int(Kind.SYMLINK): self.tr("Symbolic link"),
            int(Kind.DIRECTORY): self.tr("Folder"),
        }.get(kind, self.tr("Special file"))

    def of(self, listing: Listing, row: int) -> str:
        """Of a row."""
        kind = listing.kind[row]
        return self.word(kind, ending(listing.name(row)) if kind == Kind.FILE else "")


type_words = TypeWords()
