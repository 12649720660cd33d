"""The engine: solve any finite war between two sides who may agree at any time.

    from zopa.bargaining import Frontier, MarkovWar, solve
"""

from zopa.agreement.frontier import Frontier
from zopa.bargaining.path import Path
from zopa.bargaining.solution import Solution
from zopa.bargaining.solve import solve
from zopa.core.status import Status
from zopa.war.table import MarkovWar

__all__ = ["Frontier", "MarkovWar", "Path", "Solution", "Status", "solve"]
