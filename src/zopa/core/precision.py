"""JAX set up for this project's work: double precision, one thread a program.

float32 flips agreement flags on ties, so every entry point that computes with JAX calls
`double_precision()` first.  It is a function, not an import side effect.

Programs of an ensemble run side by side, a block of draws on each core; each of them is faster on
one thread than when XLA splits every small loop between threads.  XLA reads that setting once,
when its first program runs; a setting made by the user stands.
"""

from __future__ import annotations

import os

ONE_THREAD = "--xla_cpu_multi_thread_eigen"


def double_precision() -> None:
    """Make JAX compute in float64 from here on (idempotent)."""
    flags = os.environ.get("XLA_FLAGS", "")
    if ONE_THREAD not in flags:
        os.environ["XLA_FLAGS"] = f"{flags} {ONE_THREAD}=false".strip()
    import jax

    jax.config.update("jax_enable_x64", True)
