"""Consistency of a scenario: one function a check, which names the offender and the mend."""
