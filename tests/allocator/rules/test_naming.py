"""Names of rows: codes only, the rule's first."""

import numpy as np

from allocator.program.frame import Frame
from allocator.rules.naming import cell_names
from scenarios.formats import read
from scenarios.library import find


def test_names_are_rule_operation_partner_and_year() -> None:
    frame = Frame(read(find("tutoriel")))
    cells = np.arange(2)
    with_rule = list(zip(*cell_names(frame, cells, "R1"), strict=True))
    without = list(zip(*cell_names(frame, cells), strict=True))
    assert with_rule == [("R1", *name) for name in without]
    assert without[0] == ("COPRO", "ANAH", 2027)
