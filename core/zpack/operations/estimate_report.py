"""What ``estimate`` returns."""

from zpack.errors import ExitCode, Explanation
from zpack.records import record


@record
class Range:
    """What is expected, and between which values it will most likely be."""

    low: float
    expected: float
    high: float

    @staticmethod
    def around(expected: float, below: float, above: float) -> "Range":
        """``below`` and ``above`` as parts of it: 0.1 is a tenth."""
        return Range(expected * (1 - below), expected, expected * (1 + above))


@record
class PresetEstimate:
    """The archive's ``size`` in bytes, and the ``seconds`` to make it, with one preset."""

    preset: str
    size: Range
    seconds: Range


@record
class EstimateReport:
    """``files`` (hard links among them), ``folders``, ``links`` (symbolic ones) and ``bytes_in``,
    the content of the files, are exact if ``counted``; otherwise there was no time to look into
    every folder and they are estimates. ``bytes_sampled``: read to learn how it compresses.
    ``seconds``: what the estimate itself took. ``problems``: what could not be looked at."""

    files: int
    folders: int
    links: int
    bytes_in: int
    counted: bool
    bytes_sampled: int
    presets: tuple[PresetEstimate, ...]
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Done, whatever could not be looked at: it is only an estimate."""
        return ExitCode.DONE
