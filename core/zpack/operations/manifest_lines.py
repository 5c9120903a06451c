"""Lines of a manifest, as ``sha256sum``, ``b3sum`` and ``xxhsum`` write and check them."""

from enum import Enum


class Algorithm(Enum):
    """What a manifest's digests are of; the value is the option's word."""

    SHA256 = "sha256"
    BLAKE3 = "blake3"
    XXH128 = "xxh128"


# What in a name makes each program write the line escaped. xxhsum before 0.8.2 takes every
# backslash as it is, and b3sum 1.2 knows no escape for a carriage return.
_ESCAPED_FOR = {
    Algorithm.SHA256: b"\\\n\r",
    Algorithm.BLAKE3: b"\\\n",
    Algorithm.XXH128: b"\n",
}


def manifest_line(algorithm: Algorithm, digest: bytes, path: bytes) -> bytes:
    """One line: the digest in hexadecimal, two spaces, the path, which stands for itself as an
    operand of the program (``-`` would be its standard input)."""
    if path == b"-":
        path = b"./-"
    before = b""
    if any(each in path for each in _ESCAPED_FOR[algorithm]):
        before = b"\\"
        path = path.replace(b"\\", b"\\\\").replace(b"\n", b"\\n")
        if algorithm is Algorithm.SHA256:
            path = path.replace(b"\r", b"\\r")
    return before + digest.hex().encode("ascii") + b"  " + path + b"\n"
