"""Lines are escaped just where each program does so."""

import pytest

from zpack.operations.manifest_lines import Algorithm, manifest_line


@pytest.mark.parametrize(
    ("path", "sha256", "blake3", "xxh128"),
    [
        (b"a b", b"00  a b\n", b"00  a b\n", b"00  a b\n"),
        (b"a\\b", b"\\00  a\\\\b\n", b"\\00  a\\\\b\n", b"00  a\\b\n"),
        (b"a\rb", b"\\00  a\\rb\n", b"00  a\rb\n", b"00  a\rb\n"),
        (b"a\nb", b"\\00  a\\nb\n", b"\\00  a\\nb\n", b"\\00  a\\nb\n"),
        (b"-", b"00  ./-\n", b"00  ./-\n", b"00  ./-\n"),
        (b"\xff", b"00  \xff\n", b"00  \xff\n", b"00  \xff\n"),
    ],
)
def test_lines(path: bytes, sha256: bytes, blake3: bytes, xxh128: bytes) -> None:
    assert manifest_line(Algorithm.SHA256, b"\0", path) == sha256
    assert manifest_line(Algorithm.BLAKE3, b"\0", path) == blake3
    assert manifest_line(Algorithm.XXH128, b"\0", path) == xxh128
