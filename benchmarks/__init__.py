"""What the program's speed is, as ratios measured in one run: `make bench` prints one table."""
