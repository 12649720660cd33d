"""The what-if page: a scenario's levers and inputs as controls, its answers beside them."""
