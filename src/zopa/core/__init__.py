"""What everything else stands on: errors, sources, distributions, status, words, manifest."""
