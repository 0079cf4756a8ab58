"""The demonstration registration, made, checked and computed once for all tests that read it."""

from pathlib import Path

import pytest

from kopanalyse.cli import main


@pytest.fixture(scope="session")
def demo_map(tmp_path_factory) -> Path:
    """A folder with ``raw/dekop`` and ``processed/dekop`` of the demonstration registration."""
    map_ = tmp_path_factory.mktemp("demo")
    raw, processed = str(map_ / "raw"), str(map_ / "processed")
    assert main(["demo", "--organisatie", "dekop", "--raw", raw]) == 0
    assert main(["compute", "--organisatie", "dekop", "--raw", raw, "--processed", processed]) == 0
    return map_


@pytest.fixture(scope="session")
def demo_cijfers(demo_map):
    """The long table of the demonstration registration."""
    import pandas as pd

    return pd.read_parquet(demo_map / "processed" / "dekop" / "cijfers.parquet")
