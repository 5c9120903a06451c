"""Where things are in the checkout, and in the environment that dev.py makes there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"

WINDOWS = os.name == "nt"


def scripts_of(venv: Path) -> Path:
    return venv / ("Scripts" if WINDOWS else "bin")


def tool(name: str, venv: Path = VENV) -> Path:
    """A program of the environment: `python`, `ruff`."""
    return scripts_of(venv) / (f"{name}.exe" if WINDOWS else name)


def command(name: str, venv: Path = VENV) -> Path:
    """One of the checkout's own commands, which set-up writes into the environment."""
    return scripts_of(venv) / (f"{name}.cmd" if WINDOWS else name)
