"""Agreement spaces that stand on their own: any size, any number of parties, no war needed."""
