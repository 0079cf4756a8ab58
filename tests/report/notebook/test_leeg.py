"""Notebooks go into git without what they showed, and with all else that is in them."""

import json

import pytest

from kopanalyse.report.notebook.leeg import main
from tests.report.klein import HOOFDMAP

UITVOER = [{"output_type": "stream", "name": "stdout", "text": ["751 trajecten\n"]}]
KENMERKEN = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "eigen": {"van": "Zoë"}}


def notebook(pad, *, outputs=(), count=None, **hoe):
    """Write a notebook with a text and one cell of code, and return what it holds."""
    code = {"cell_type": "code", "id": "b", "metadata": {"tags": ["parameters"]}, "source": ["jaar = 2019\n", "jaar"]}
    inhoud = {
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {"rol": "inleiding"}, "source": ["# Één – titel"]},
            code | {"outputs": list(outputs), "execution_count": count},
        ],
        "metadata": KENMERKEN,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    pad.write_text(json.dumps(inhoud, **hoe), encoding="utf-8", newline="")
    return inhoud


@pytest.mark.parametrize("outputs, count", [(UITVOER, 3), (UITVOER, None), ((), 3), ((), 0)])
def test_outputs_and_counts_are_gone_and_nothing_else(tmp_path, capsys, outputs, count):
    pad = tmp_path / "vol.ipynb"
    inhoud = notebook(pad, outputs=outputs, count=count)
    assert main([str(pad)]) == 1
    inhoud["cells"][1] |= {"outputs": [], "execution_count": None}
    assert json.loads(pad.read_text(encoding="utf-8")) == inhoud
    assert "Één – titel" in pad.read_text(encoding="utf-8") and "751" not in pad.read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{pad}: de uitvoer is eruit gehaald; voeg het notebook opnieuw toe.\n"
    assert main([str(pad)]) == 0 and capsys.readouterr() == ("", "")


@pytest.mark.parametrize("hoe", [{}, {"indent": 4, "ensure_ascii": True}, {"separators": (",", ":")}])
def test_a_notebook_without_outputs_is_left_byte_for_byte(tmp_path, hoe):
    pad = tmp_path / "leeg.ipynb"
    notebook(pad, **hoe)
    pad.write_bytes(pad.read_bytes() + b"\r\n\n")
    vooraf, tijd = pad.read_bytes(), pad.stat().st_mtime_ns
    assert main([str(pad)]) == 0
    assert (pad.read_bytes(), pad.stat().st_mtime_ns) == (vooraf, tijd)


@pytest.mark.parametrize("eigen", sorted((HOOFDMAP / "notebooks").glob("*.ipynb")), ids=lambda pad: pad.stem)
def test_an_own_notebook_that_was_run_comes_back_as_it_was(tmp_path, eigen):
    """So that stripping gives no difference in git."""
    inhoud = json.loads(eigen.read_text(encoding="utf-8"))
    for nummer, cel in enumerate(cel for cel in inhoud["cells"] if cel["cell_type"] == "code"):
        cel |= {"outputs": UITVOER, "execution_count": nummer}
    pad = tmp_path / eigen.name
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    assert main([str(pad)]) == 1
    assert pad.read_bytes() == eigen.read_bytes()


@pytest.mark.parametrize(
    "inhoud", [b"geen notebook", b"", b"[]", b'{"cells": 1}', b'{"cells": ["x"]}', b'{"metadata": {}}', b'{"\xe9": 1}']
)
def test_what_is_no_notebook_is_named_left_alone_and_stops_the_commit(tmp_path, capsys, inhoud):
    stuk, vol = tmp_path / "stuk.ipynb", tmp_path / "vol.ipynb"
    stuk.write_bytes(inhoud)
    notebook(vol, outputs=UITVOER, count=1)
    assert main([str(stuk), str(vol)]) == 1
    gezegd = capsys.readouterr()
    assert gezegd.err == f"{stuk} is niet te lezen: het is geen notebook. Er is niets aan veranderd.\n"
    assert f"{vol}: de uitvoer is eruit gehaald" in gezegd.out
    assert stuk.read_bytes() == inhoud and "751" not in vol.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main([str(tmp_path / "weg.ipynb")]) == 1
    assert f"{tmp_path / 'weg.ipynb'} is niet te lezen: het staat er niet" in capsys.readouterr().err
