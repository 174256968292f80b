"""The parts of the first-start wizard."""
