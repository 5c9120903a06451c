"""The colours that mean something, light and dark. Text on its background has 4.5:1 or more."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme, as ``#rrggbb``. ``accent`` marks the one main action, ``good`` only what is
    proven, ``attention`` what wants a look, ``bad`` damage."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    control_line: str
    accent: str
    accent_text: str
    accent_hover: str
    accent_soft: str
    hover: str
    pressed: str
    selection: str
    good: str
    attention: str
    bad: str
    good_soft: str
    attention_soft: str
    bad_soft: str


LIGHT = Colours(
    window="#f6f7f9",
    surface="#ffffff",
    raised="#ffffff",
    text="#1c1e21",
    muted="#5d6673",
    line="#e3e6eb",
    control_line="#c9ced6",
    accent="#2f6feb",
    accent_text="#ffffff",
    accent_hover="#255fd0",
    accent_soft="#eaf1fe",
    hover="#eceef2",
    pressed="#dfe3e9",
    selection="#dbe7fd",
    good="#1a7f4b",
    attention="#9a5b00",
    bad="#b3261e",
    good_soft="#e6f4ec",
    attention_soft="#fdf3e1",
    bad_soft="#fcebea",
)

DARK = Colours(
    window="#1b1d21",
    surface="#24272c",
    raised="#2c3036",
    text="#e7e9ec",
    muted="#9aa3ae",
    line="#343940",
    control_line="#4a515b",
    accent="#6ea0ff",
    accent_text="#0f1726",
    accent_hover="#8ab2ff",
    accent_soft="#26334d",
    hover="#2f333a",
    pressed="#3a3f47",
    selection="#2d4470",
    good="#4cc38a",
    attention="#e0a458",
    bad="#f2766b",
    good_soft="#1d3329",
    attention_soft="#382d1d",
    bad_soft="#3d2422",
)
