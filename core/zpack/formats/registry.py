"""The formats that zpack knows, and what it can do with each."""

from zpack.records import record


@record
class Magic:
    """``data`` stands at ``offset`` of the file."""

    data: bytes
    offset: int = 0


@record
class Format:
    """``suffixes`` are only a hint for people, the first the usual one; the magic decides."""

    title: str
    suffixes: tuple[str, ...]
    magics: tuple[Magic, ...]
    can_open: bool = False
    can_create: bool = False


_ZSTD = Magic(b"\x28\xb5\x2f\xfd")
_SKIPPABLE = tuple(Magic(bytes([low]) + b"\x2a\x4d\x18") for low in range(0x50, 0x60))
TAR_ZST = Format(
    "tar.zst",
    (".tar.zst", ".tzst", ".tar.zstd", ".zst", ".zstd"),
    (_ZSTD, *_SKIPPABLE),
    can_open=True,
    can_create=True,
)
TAR_LZ4 = Format(
    "tar.lz4",
    (".tar.lz4", ".tlz4", ".lz4"),
    (Magic(b"\x04\x22\x4d\x18"), Magic(b"\x02\x21\x4c\x18")),
    can_open=True,
    can_create=True,
)
FORMATS = (
    TAR_ZST,
    TAR_LZ4,
    Format("zip", (".zip", ".jar"), (Magic(b"PK\x03\x04"), Magic(b"PK\x05\x06"))),
    Format("7z", (".7z",), (Magic(b"7z\xbc\xaf\x27\x1c"),)),
    Format("RAR", (".rar",), (Magic(b"Rar!\x1a\x07"),)),
    Format("gzip", (".tar.gz", ".tgz", ".gz"), (Magic(b"\x1f\x8b"),)),
    Format("xz", (".tar.xz", ".txz", ".xz"), (Magic(b"\xfd7zXZ\0"),)),
    Format("bzip2", (".tar.bz2", ".tbz2", ".bz2"), (Magic(b"BZh"),)),
    Format("tar", (".tar",), (Magic(b"ustar", 257),)),
    Format("CAB", (".cab",), (Magic(b"MSCF"),)),
    Format("ISO 9660", (".iso",), (Magic(b"CD001", 0x8001),)),
    Format("ar", (".deb", ".a"), (Magic(b"!<arch>\n"),)),
    Format("cpio", (".cpio",), (Magic(b"070701"), Magic(b"070707"))),
    Format("age", (".age",), (Magic(b"age-encryption.org/"),)),
)
