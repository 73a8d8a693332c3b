"""Every workbook of a plan: one agreement per project, one summary per partner, the minutes of the session."""

from collections.abc import Callable
from pathlib import Path

from allocator.allocation import Allocation
from reports import agreement, partner_summary, session_minutes
from reports.layout.figures import Figures
from reports.layout.workbook import file_name
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.rulebooks import NO_RULEBOOKS, Law


def write_all(
    scenario: Scenario,
    allocation: Allocation,
    folder: Path,
    progress: Callable[[str], None],
    law: Law = NO_RULEBOOKS,
) -> list[Path]:
    """Write all the workbooks in ``folder``, created if need be, and return their paths.

    ``law`` is the law of the scenario as received, which the scenario no longer carries once resolved.
    ``progress`` receives one French sentence before each workbook, and one for each project left without
    agreement because nobody commits anything to it. Raises OSError when a file cannot be written; the files
    already complete stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = Figures(scenario, allocation, law)
    written: list[Path] = []
    projects = sorted({operation.project for operation in scenario.operations})
    signed = {figures.index.operations[line.operation].project for line in allocation.commitments}
    paying = {line.partner for line in allocation.commitments}
    for code in projects:
        if code not in signed:
            progress(_("Projet {code} : rien n'est financé, pas de convention").format(code=code))
            continue
        progress(_("Convention du projet {code}").format(code=code))
        path = folder / file_name("convention", code, plans=[allocation])
        agreement.compose(figures, code, path)
        written.append(path)
    for partner in figures.in_order(paying):
        progress(_("Synthèse du financeur {code}").format(code=partner.code))
        path = folder / file_name("financeur", partner.code, plans=[allocation])
        partner_summary.compose(figures, partner.code, path)
        written.append(path)
    progress(_("Relevé de décisions"))
    path = folder / file_name("releve", plans=[allocation])
    session_minutes.compose(figures, path)
    return [*written, path]
