"""What holds for every test: the same examples each time, and no deadline on an example.

A property test that fails in CI must fail here too, so Hypothesis derives its examples from the
test itself. The first call of a JAX function compiles it, which no deadline should judge.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same-every-time", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("same-every-time")
