"""What a run writes: charts, page, answers, manifest."""
