"""What-ifs: the answers at another setting, at once from few draws, then from all of them."""
