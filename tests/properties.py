"""Property tests: no clock in the verdict, and their memory lies outside the tree."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

# The plugin warns of a `.hypothesis` folder in the tree, and a warning is an error here.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "enforcer-hypothesis")
settings.register_profile("enforcer", deadline=None)
settings.load_profile("enforcer")

__all__ = ["given", "st"]
