"""kopanalyse: from raw case registrations of Dutch social work to trustworthy indicators and readable reports.

What an analyst imports stands here; it is loaded when it is used, so that ``import kopanalyse`` itself is quick.
"""

from importlib import import_module

_ROOMS = {
    "open_rapport": "kopanalyse.report.notebook.rapport",
    "open_registratie": "kopanalyse.report.notebook.registratie",
    "eigen_indicator": "kopanalyse.indicators.eigen",
    "load_settings": "kopanalyse.settings",
    "check": "kopanalyse.checked.check",
    "compute": "kopanalyse.indicators.compute",
    "indicator": "kopanalyse.indicators",
    "Voorbeeld": "kopanalyse.indicators",
}

__all__ = list(_ROOMS)  # pyright: ignore[reportUnsupportedDunderAll]  # all of them, by __getattr__


def __getattr__(naam: str):
    if naam not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {naam!r}")
    return getattr(import_module(_ROOMS[naam]), naam)
