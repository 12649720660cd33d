"""The libraries of the extra `calibrate`, imported when a fit needs them."""

from __future__ import annotations

import warnings
from typing import Any

from zopa.core.errors import ZopaError
from zopa.core.precision import double_precision

INSTALL = "Fitting to data needs NumPyro and ArviZ: pip install 'zopa[calibrate]'."


class MissingCalibrate(ZopaError):
    """The extra that fits is not installed."""


def numpyro() -> Any:
    """NumPyro, in double precision.

    Raises:
        MissingCalibrate: it is not installed.
    """
    double_precision()
    try:
        import numpyro
    except ImportError:
        raise MissingCalibrate(INSTALL) from None
    return numpyro


def arviz() -> Any:
    """ArviZ; what it says of its own future when it is imported is kept from the user.

    Raises:
        MissingCalibrate: it is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import arviz
    except ImportError:
        raise MissingCalibrate(INSTALL) from None
    return arviz
