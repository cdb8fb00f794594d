"""Words that several readers of claims share, as patterns over lines."""

from __future__ import annotations

#: What is done with a measure by whoever brings it in.
MAKES = r"(?:re)?(?:introduc(?:ed|es|ing)|sponsor(?:ed|s|ing)|author(?:ed|s|ing)|filed|offered|submitted|wrote|written|unveiled|proposed|put forward|drafted|brought forward|brought in)"
