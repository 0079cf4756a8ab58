"""A shortened run of ``tests.faults.mutations``, and that it sees a row that is lost."""

import csv

import pytest

from tests.faults.mutations import run, wrong_with


@pytest.fixture(scope="module")
def gedaan(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("gemuteerd")
    return map_, run(range(30), 20261130, map_)


def test_of_mutated_registrations_every_row_is_kept_or_the_old_result_is(gedaan):
    _, (mutaties, einden, fouten) = gedaan
    assert fouten == []
    assert einden.total() == 30 and {"geweigerd", "gecontroleerd"} <= set(einden) and len(mutaties) > 15


def test_a_row_that_is_lost_is_seen(gedaan, monkeypatch):
    map_, _ = gedaan

    def loses(map_, organisatie):
        pad = map_ / "processed" / organisatie / "inlezen.csv"
        rijen = list(csv.reader(pad.read_text(encoding="utf-8").splitlines()))
        rijen[1][1] = str(int(rijen[1][1]) + 1)
        pad.write_text("".join(",".join(rij) + "\n" for rij in rijen), encoding="utf-8")
        return 0, "Rijen: ", ""

    monkeypatch.setattr("tests.faults.mutations.check", loses)
    _, fouten = wrong_with(map_, "dekop", {})
    assert len(fouten) == 1 and "gelezen" in fouten[0]


@pytest.mark.parametrize(
    "code, zin, wat",
    [
        (1, "", "geweigerd met 1"),
        (1, "could not read", "geen Nederlands"),
        ("Traceback (most recent call last)", "", "Traceback"),
    ],
)
def test_a_stop_that_says_nothing_in_dutch_is_seen(gedaan, monkeypatch, code, zin, wat):
    map_, _ = gedaan
    monkeypatch.setattr("tests.faults.mutations.check", lambda *_: (code, "", zin))
    assert wat in " ".join(wrong_with(map_, "dekop", {})[1])
