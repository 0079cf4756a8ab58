"""A shortened run of ``tests.faults.pairs``: each command once as the first, and once as the second."""

import os

import pytest

from tests.faults.pairs import COMMANDOS, run

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")]


def test_of_two_commands_at_once_the_second_is_told_and_nothing_is_mixed(tmp_path):
    paren = list(zip(COMMANDOS, [*COMMANDOS[1:], COMMANDOS[0]]))
    geteld, fouten = run(tmp_path, paren, samen=False)
    assert fouten == [] and geteld.total() == len(COMMANDOS)
