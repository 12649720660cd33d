"""Fitting parts of a scenario to data, and scoring forecasts on what followed."""
