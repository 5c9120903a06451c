"""Each algorithm is the one of its name."""

import pytest

from zpack.operations.manifest_hashes import RowHashes
from zpack.operations.manifest_lines import Algorithm

OF_ABC = {
    Algorithm.SHA256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    Algorithm.BLAKE3: "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
    Algorithm.XXH128: "06b05ab6733a618578af5f94892f3950",
}


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_published_values(algorithm: Algorithm) -> None:
    hashes = RowHashes(algorithm, 3)
    hasher = hashes.hasher()
    hasher.update(b"a")
    hasher.update(memoryview(b"bc"))
    hashes.keep(1, hasher)
    assert hashes.get(1).hex() == OF_ABC[algorithm]
    assert not any(hashes.get(0) + hashes.get(2))
