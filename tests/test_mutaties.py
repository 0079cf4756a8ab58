"""Every mutation of ``tests.mutaties`` has a line to make wrong, and tests that may see it; running them is by hand."""

import pytest

from tests.mutaties import HOOFDMAP, MUTATIES, mutated


@pytest.mark.parametrize("mutatie", MUTATIES, ids=lambda m: f"{m.kamer}.{m.functie}: {m.oud}")
def test_a_mutation_fits_one_function_once_and_leaves_a_module(mutatie):
    plek = mutated(HOOFDMAP, mutatie)
    assert plek, f"no function {mutatie.functie}, or more than one, has this once: {mutatie.oud}"
    pad, tekst = plek
    compile(tekst, str(pad), "exec")
    assert tekst != pad.read_text(encoding="utf-8")
    assert all((HOOFDMAP / naam).exists() for naam in mutatie.tests)
