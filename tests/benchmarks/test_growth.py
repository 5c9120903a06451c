"""How memory grows, from two points."""

from benchmarks.growth import ENTRIES, GIGABYTES, Growth, growth_table


def entries(peak_of_more: int) -> Growth:
    return Growth("create", ENTRIES, 250_000, 50_000_000, 1_000_000, peak_of_more)


def test_bytes_per_entry() -> None:
    growth = entries(125_000_000)
    assert growth.per_unit == 100
    assert growth.at_goal == 125_000_000
    assert growth.is_met


def test_more_than_200_bytes_an_entry_are_too_many() -> None:
    assert entries(200_000_000).is_met
    assert not entries(201_000_000).is_met


def test_300_mb_in_all_are_the_most() -> None:
    assert not Growth("x", ENTRIES, 250_000, 200_000_000, 1_000_000, 301_000_000).is_met


def test_data_are_extrapolated_along_the_line() -> None:
    growth = Growth("create", GIGABYTES, 10, 60_000_000, 40, 63_000_000)
    assert growth.per_unit == 100_000
    assert growth.at_goal == 63_000_000 + 460 * 100_000
    assert growth.is_met
    assert not Growth("create", GIGABYTES, 10, 60_000_000, 40, 80_000_000).is_met


def test_what_shrank_by_chance_is_not_extrapolated() -> None:
    growth = Growth("create", GIGABYTES, 10, 60_000_000, 40, 59_000_000)
    assert growth.at_goal == 59_000_000


def test_the_table() -> None:
    rows = growth_table([entries(125_000_000), entries(250_000_000)]).splitlines()[2:]
    assert "100 B per entry" in rows[0]
    assert rows[0].endswith("| met    |")
    assert rows[1].endswith("| MISSED |")
    data = growth_table([Growth("create", GIGABYTES, 10, 60_000_000, 40, 63_000_000)])
    assert "100.0 kB per GB" in data
    assert "| 500 GB " in data
