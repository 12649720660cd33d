"""Undo and redo: the settings that a reader went through, a step a gesture.

While one control moves, its step is replaced, so that undo goes back to before the movement and not
through every pixel of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from zopa.scenario.setting import Setting

SAME = 1.0
"""Seconds within which changes of one control count as one gesture."""
MOST = 200


@dataclass
class Steps:
    """Where a reader is, and the ways back and forth.

    Attributes:
        now: the present setting.
        past, future: what undo and redo lead to, the nearest last.
    """

    now: Setting = field(default_factory=Setting)
    past: list[Setting] = field(default_factory=list)
    future: list[Setting] = field(default_factory=list)
    control: str = ""
    when: float = 0.0

    def go(self, setting: Setting, control: str = "", when: float = 0.0) -> bool:
        """Take a setting as the present one; whether it differs from the last.

        Args:
            setting: the new one.
            control: what was moved; empty for what is always a step of its own.
            when: seconds on any clock that does not go back.
        """
        same = control != "" and control == self.control and when - self.when < SAME
        self.control, self.when = control, when
        if setting == self.now:
            return False
        if not (same and self.past):
            self.past.append(self.now)
            del self.past[:-MOST]
        self.future.clear()
        self.now = setting
        return True

    def undo(self) -> bool:
        """Back by a step; whether there was one."""
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        """Forth by a step; whether there was one."""
        return self._move(self.future, self.past)

    def _move(self, source: list[Setting], other: list[Setting]) -> bool:
        self.control = ""
        if not source:
            return False
        other.append(self.now)
        self.now = source.pop()
        return True
