"""Statuses are messages."""

from __future__ import annotations

import pytest

from zopa.core.status import Status


@pytest.mark.parametrize("status", list(Status))
def test_the_text_is_one_line_for_a_reader(status: Status) -> None:
    assert str(status) == status.value
    assert "\n" not in str(status) and str(status)[0].islower() and len(str(status)) > 30


def test_what_can_be_relied_on() -> None:
    settled = {status for status in Status if status.settled}
    unique = {status for status in Status if status.unique}
    assert settled == {Status.CONVERGED, Status.NOT_CERTIFIED, Status.NOT_UNIQUE,
                       Status.HORIZON_SENSITIVE}
    assert unique == {Status.CONVERGED, Status.HORIZON_SENSITIVE}
