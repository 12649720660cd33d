"""The war side: the table form, the lattice, regimes, beliefs, the forward pass."""
