"""What zpack must say when it will not do something."""

from pathlib import Path

from tests.end_to_end.programs import Result, complaint


def assert_explained(result: Result, exit_code: int, title: str, *mentioned: str | Path) -> None:
    """It ended with the code, and said on standard error alone what happened, to which file, and
    what to do next."""
    said = complaint(result)
    assert result.returncode == exit_code, said
    heading, *rest = said.splitlines()
    assert heading == f"zpack: {title}"
    assert len(rest) >= 2, "details and a hint"
    assert all(line.startswith("  ") and line.rstrip().endswith(".") for line in rest), said
    for name in mentioned:
        assert str(name) in said
    assert "Traceback" not in said
    assert result.stdout == b""
