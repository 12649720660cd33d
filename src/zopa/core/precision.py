"""Double precision for JAX, switched on when the first computation asks for it.

float32 flips agreement flags on ties, so every entry point that computes with JAX calls
`double_precision()` first. It is a function, not an import side effect.
"""

from __future__ import annotations


def double_precision() -> None:
    """Make JAX compute in float64 from here on (idempotent)."""
    import jax

    jax.config.update("jax_enable_x64", True)
