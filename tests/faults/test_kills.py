"""A shortened run of ``tests.faults.kills``: each command, and report by each way to ask it to stop."""

import os

import pytest

from tests.faults.kills import run

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")]


def test_a_killed_command_leaves_nothing_and_the_next_one_gives_the_same(tmp_path):
    geteld, fouten = run(7, 20261129, tmp_path)
    assert fouten == [] and len(geteld) == 7
