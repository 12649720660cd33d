"""The part of a frontier that leaves both sides at least d, as segments, for a batch of draws.

A point of segment e is `start + t (end - start)`, t in [0, 1], from A's end towards B's.  With the
gains (a, b) at the segment's start, A's loss and B's gain along it, every principle of
`zopa.agreement.points` is a t on each segment and a choice of segment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers

TIES = 1e-12
OfSegment = Callable[[Floats, Floats, Floats, Floats], Floats]


@dataclass(frozen=True, eq=False)
class Path:
    """The individually rational part of the frontier.

    Attributes:
        start: `(party, segment, draw)`, gains over d at A's end of each segment.
        end: the same at B's end; a segment off the path is a single point of it.
        disagreement: `(party, draw)`.
        exists: `(draw,)`, whether any point leaves both sides d.
    """

    start: Floats
    end: Floats
    disagreement: Floats
    exists: Booleans

    @property
    def ideal(self) -> Floats:
        """`(party, draw)`: the largest gain of each side on the path."""
        return np.stack([self.start[0, 0], self.end[1, -1]])

    def where(self, numerator: OfSegment, denominator: OfSegment) -> Floats:
        """t = numerator / denominator on each segment, cut to [0, 1]: `(segment, draw)`.

        Both are functions of the gains at the segment's start, A's loss and B's gain on it.  On a
        segment of no length t is 1.
        """
        a, b = self.start
        loss, gain = self.start[0] - self.end[0], self.end[1] - self.start[1]
        below = denominator(a, b, loss, gain)
        usable = below > 0.0
        t = numerator(a, b, loss, gain) / np.where(usable, below, 1.0)
        return np.where(usable, np.clip(t, 0.0, 1.0), 1.0)

    def gains(self, t: Floats) -> Floats:
        """`(party, segment, draw)`: gains over d at t of each segment."""
        # written so that t = 1 gives the segment's end exactly
        return (1.0 - t) * self.start + t * self.end

    def settle(self, t: Floats) -> Floats:
        """The point of the first segment with t < 1, else B's end: `(party, draw)` utilities.

        t must be what a principle with one best point would choose on each segment; then it is 1
        on every segment before that point.  No scores are compared, so a best point near a corner
        is as exact as any other.
        """
        short = t < 1.0
        index = np.where(short.any(axis=0), short.argmax(axis=0), len(t) - 1)
        return self._utility(_segment(self.gains(t), index))

    def equal(self, scale: Floats) -> Floats:
        """Where g_A / scale_A = g_B / scale_B, else the end with the largest minimum.

        Args:
            scale: `(party, draw)`, what each side's gain is measured in.
        """
        s_a, s_b = scale
        return self.settle(self.where(lambda a, b, loss, gain: a * s_b - b * s_a,
                                      lambda a, b, loss, gain: loss * s_b + gain * s_a))

    def largest_sum(self) -> Floats:
        """The end of a segment with the largest u_A + u_B: `(party, draw)` utilities.

        Of several the one with the largest minimum gain; of two mirror images the middle.
        """
        ends = np.concatenate([self.start, self.end[:, -1:]], axis=1)
        slack = TIES * (np.abs(self.start[0, 0]) + np.abs(self.end[1, -1]))
        tied = np.ones(ends.shape[1:], dtype=bool)
        for key in (ends[0] + ends[1], np.minimum(ends[0], ends[1])):
            key = np.where(tied, key, -np.inf)
            tied = tied & (key >= key.max(axis=0) - slack)
        first, last = tied.argmax(axis=0), len(tied) - 1 - tied[::-1].argmax(axis=0)
        return self._utility((_segment(ends, first) + _segment(ends, last)) / 2.0)

    def _utility(self, gain: Floats) -> Floats:
        utility: Floats = np.where(self.exists, gain + self.disagreement, np.nan)
        return utility


def individually_rational(utility: Floats, disagreement: Floats) -> Path:
    """Cut a frontier to the part with u >= d.

    Args:
        utility: `(2, vertex, draw)` corners from A's ideal to B's.
        disagreement: `(2, draw)`.
    """
    gain = utility - disagreement[:, None]
    if gain.shape[1] == 1:
        gain = np.repeat(gain, 2, axis=1)
    start, end = gain[:, :-1], gain[:, 1:]
    first, last = np.zeros(start.shape[1:]), np.ones(start.shape[1:])
    rise = end[1] - start[1]
    fall = start[0] - end[0]
    # B's gain grows along the path: t >= first; A's falls: t <= last
    enter = -start[1] / np.where(rise > 0.0, rise, 1.0)
    leave = start[0] / np.where(fall > 0.0, fall, 1.0)
    first = np.where(start[1] < 0.0, np.where(rise > 0.0, np.minimum(enter, 1.0), 1.0), first)
    last = np.where(end[0] < 0.0, np.where(fall > 0.0, np.maximum(leave, 0.0), 0.0), last)
    slack = TIES * (1.0 + np.abs(gain).max(axis=(0, 1)))
    until = np.maximum(first, last)
    ends = np.stack([(1.0 - first) * start + first * end, (1.0 - until) * start + until * end])
    inside = (first <= last + TIES) & (ends >= -slack).all(axis=(0, 1))
    # off the path a segment is the nearest end of the part inside
    exists = inside.any(axis=0)
    entry = inside.argmax(axis=0)
    leaving = len(inside) - 1 - inside[::-1].argmax(axis=0)
    at_entry, at_leaving = _segment(ends[0], entry), _segment(ends[1], leaving)
    index = np.arange(len(inside))[:, None]
    new_start = np.where(index < entry, at_entry[:, None],
                         np.where(index > leaving, at_leaving[:, None], ends[0]))
    new_end = np.where(index < entry, at_entry[:, None],
                       np.where(index > leaving, at_leaving[:, None], ends[1]))
    return Path(new_start, new_end, disagreement, exists)


def _segment(points: Floats, index: Integers) -> Floats:
    """`(party, draw)` from `(party, segment, draw)` at an index a draw."""
    return np.stack([np.take_along_axis(own, index[None], axis=0)[0] for own in points])
