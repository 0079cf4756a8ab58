"""A shortened run of ``tests.faults.fuzz``; what a longer one finds stands here with it."""

import pytest

from tests.faults.fuzz import DOELEN, run


@pytest.mark.parametrize("doel", DOELEN)
def test_whatever_comes_is_read_or_refused_in_a_sentence(tmp_path, doel):
    assert run(doel, 60, 20261130, tmp_path, klein=False) >= 10
