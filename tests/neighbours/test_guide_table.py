"""What the guide says of other plugins is what was seen beside them."""

from __future__ import annotations

from tests.neighbours import guide
from tests.neighbours.neighbour import neighbours


def test_the_guide_has_a_row_for_each_neighbour_as_its_file_says_it() -> None:
    assert guide.stated() == guide.rows(neighbours()), "to write it anew: make matrix ARGS=--guide"
