"""The draw that charts show."""

from __future__ import annotations

import numpy as np

from tests.questions.made import made
from zopa.questions.picture import central_draw


def test_the_central_draw_lies_nearest_to_the_medians() -> None:
    finish = np.array([[0.1, 0.3, 0.5, 0.4], [0.1, 0.3, 0.5, 0.4]])
    assert central_draw(made(finish, (0.6, 0.6))) in (1, 3)
    assert central_draw(made(finish, (0.6, 0.6), weight=[1.0, 0.0, 1.0, 1.0])) == 3


def test_values_that_did_not_converge_do_not_stop_it() -> None:
    finish = np.array([[-1e300, -1e200, 0.3, np.inf], [0.2, 0.2, 0.2, 0.2]])
    assert central_draw(made(finish, (0.6, 0.6))) in range(4)
    everywhere = np.array([[-1e300, 1e300, -1e250, 1e290], [0.2, 0.2, 0.2, 0.2]])
    assert central_draw(made(everywhere, (0.6, 0.6), weight=[0.0, 1.0, 1.0, 1.0])) in (1, 2, 3)
