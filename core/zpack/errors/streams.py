"""Errors about compressed streams, which have no name."""

from zpack.errors.base import ExitCode, ZpackError


class StreamDamaged(ZpackError):
    """Compressed bytes that do not decode, or end too soon. ``offset`` is in bytes of the stream:
    of the frame or block that is wrong."""

    code = "stream-damaged"
    exit_code = ExitCode.DAMAGED

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(
            "The compressed data is damaged",
            f"At byte {offset:,}: {what}.",
            "Fetch it again. What came before that place is whole.",
        )
        self.offset = offset


class StreamNotCompressed(ZpackError):
    """Bytes of another kind."""

    code = "not-compressed"

    def __init__(self, what: str) -> None:
        super().__init__(
            "This is not compressed data that zpack knows",
            f"{what[:1].upper()}{what[1:]}.",
            "zpack decompresses zstd and lz4.",
        )


class StreamNotRead(ZpackError):
    """Compressed in a way that zpack does not decode. Nothing is damaged."""

    code = "stream-not-read"

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(
            "zpack cannot decompress this data",
            f"At byte {offset:,}: {what}.",
            "The program “zstd” can, with “--long=31” or “-D”.",
        )
        self.offset = offset
