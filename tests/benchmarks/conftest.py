"""The benches are run from the sources and are not installed: their tests find them there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
