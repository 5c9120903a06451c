"""The tables that people read."""

from benchmarks.table import aims_table, draw, duels_table
from tests.benchmarks.bouts import bout


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert draw(("a", "long"), [("wider", "b")]).splitlines() == [
        "| a     | long |",
        "|-------|------|",
        "| wider | b    |",
    ]


def test_a_duel_is_a_row() -> None:
    _, _, row = duels_table([bout((1.0, 1.0), (2.0, 2.0))]).splitlines()
    assert cells(row) == [
        "create balanced, small",
        "tar -c",
        "1.000 ± 0.000",
        "2.000 ± 0.000",
        "0.5 × (0.5–0.5)",
        "0.50 ×",
        "0.900 ×",
        "10 / 5",
        "50 / 50",
    ]


def test_what_makes_nothing_has_no_size() -> None:
    _, _, row = duels_table([bout(work="verify", made=None)]).splitlines()
    assert cells(row)[6] == ""


def test_aims_are_shown_with_what_was_measured() -> None:
    _, _, *rows = aims_table([bout((1.0, 1.0), (1.0, 1.0))]).splitlines()
    name = "create balanced, small, against tar + zstd"
    assert [cells(row) for row in rows] == [
        [f"{name}: time", "0.850 ×", "1.000 ×", "MISSED"],
        [f"{name}: size", "0.900 ×", "0.900 ×", "met"],
        [f"{name}: memory", "300 MB", "50 MB", "met"],
    ]


def test_no_aim_is_said() -> None:
    assert aims_table([bout(work="create fast")]) == "No aim is set for these."
