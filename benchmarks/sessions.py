"""Many people at once: from the click that commits an edit to the exact, verified plan on the screen.

A real server on this machine, and as many pages of a real browser as sessions, each on its own dossier of a made-up
committee. Each session changes one budget by the form, commits, and reads its plan, again and again. The browser runs
on the same cores as the server: what is measured is more than what the server takes.
"""

import asyncio
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from urllib.parse import quote

from playwright.async_api import Page, async_playwright
from rich.table import Table

from benchmarks.console import decimal, results, steps
from build_tools.served import CHROMIUM, SWITCHES, Served, served
from scenarios.language import _
from scenarios.store import Store, open_store
from scenarios.synthetic import committee

PATIENCE = 600_000
REASON = "Mesure"


@dataclass
class Session:
    """One person: a dossier, what was committed in it, and the seconds each thing took."""

    dossier: str
    holder: str
    year: int
    euros: int
    committed: list[int] = field(default_factory=list)
    first: float = 0.0
    plans: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, play every session, count what is lost or mixed up, print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.sessions", description=_("Temps d'un plan à plusieurs."))
    parser.add_argument("--sessions", type=int, default=2, help=_("nombre de personnes"))
    parser.add_argument("--minutes", type=float, default=0.5, help=_("durée des modifications"))
    parser.add_argument("--operations", type=int, default=200, help=_("nombre d'opérations"))
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, steps() as announce:
        path = Path(folder) / "store.sqlite"
        sessions = _dossiers(path, asked)
        with served(path) as server:
            announce(_("{count} sessions").format(count=asked.sessions))
            start, spent = server.memory(), server.processor()
            asyncio.run(_play(server, sessions, asked.minutes * 60))
            end, spent = server.memory(), server.processor() - spent
        with open_store(str(path)) as store:
            lost, mixed = _lost(store, sessions), _mixed(store, sessions)
    results().print(_table(asked, sessions, (start, end), (lost, mixed), spent))


def _dossiers(path: Path, asked: Namespace) -> list[Session]:
    """Create one dossier per session; each will change one budget of its own."""
    scenario = committee(asked.operations)
    budgets = [line for line in scenario.budgets if line.commitment]
    found = []
    with open_store(str(path)) as store:
        for rank in range(asked.sessions):
            line = budgets[rank % len(budgets)]
            store.create(f"seance-{rank}", scenario, "Banc", REASON)
            found.append(
                Session(f"seance-{rank}", line.holder, line.year, (line.commitment or 0) // 100 - 1_000 * rank)
            )
    return found


async def _play(server: Served, sessions: Sequence[Session], seconds: float) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        pages = []
        for one in sessions:
            context = await browser.new_context(viewport={"width": 1400, "height": 900})
            context.set_default_timeout(PATIENCE)
            pages.append(await context.new_page())
            since = monotonic()
            await pages[-1].goto(server.url)
            await pages[-1].get_by_role("heading", level=1).wait_for()
            one.first = monotonic() - since
        until = monotonic() + seconds
        await asyncio.gather(*(_edit(server, page, one, until) for page, one in zip(pages, sessions, strict=True)))
        await browser.close()


async def _edit(server: Served, page: Page, session: Session, until: float) -> None:
    """Change, commit and read until the time is over, at least once."""
    await page.goto(f"{server.url}/repartition?scenario={session.dossier}")
    await page.locator(".st-key-confirmed").wait_for()
    while monotonic() < until or not session.committed:
        row = quote(f"{session.holder} · {session.year}")
        await page.goto(f"{server.url}/partenaires?scenario={session.dossier}&table=budgets&ligne={row}")
        await page.locator("summary").first.click()
        amount = session.euros - 500 * (len(session.committed) + 1)
        await page.get_by_role("textbox", name="Ce qui peut être engagé", exact=False).fill(str(amount))
        await page.get_by_role("button", name="Préparer cette modification").click()
        await page.get_by_text("1 modification, non enregistrée.").wait_for()
        await page.get_by_role("textbox", name="Motif de ces modifications").fill(REASON)
        since = monotonic()
        await page.get_by_role("button", name="Enregistrer une version").click()
        await page.get_by_role("link", name="Voir ce que cela change dans la répartition").click()
        await page.get_by_role("heading", level=1, name="Répartition").wait_for()
        await page.get_by_text(f"version {len(session.committed) + 2} (").wait_for()
        await page.locator(".st-key-confirmed").wait_for()
        session.plans.append(monotonic() - since)
        session.committed.append(amount)


def _lost(store: Store, sessions: Sequence[Session]) -> int:
    """Count the edits said to be committed that the history does not hold."""
    found = 0
    for one in sessions:
        history = sorted(store.history(one.dossier), key=lambda version: version.number)
        for version, amount in zip(history[1:], one.committed, strict=False):
            budgets = {(line.holder, line.year): line.commitment for line in store.scenario_of(version.id).budgets}
            found += budgets[one.holder, one.year] != amount * 100
        found += max(0, len(one.committed) - len(history) + 1)
    return found


def _mixed(store: Store, sessions: Sequence[Session]) -> int:
    """Count the changes found in a dossier that are not those of its session."""
    return sum(
        (change.table, change.key) != ("budgets", (one.holder, str(one.year)))
        for one in sessions
        for version in store.history(one.dossier)
        for change in version.changes
    )


def _table(
    asked: Namespace, sessions: Sequence[Session], memory: tuple[int, int], wrong: tuple[int, int], spent: float
) -> Table:
    plans = [seconds for one in sessions for seconds in one.plans]
    late = quantiles(plans, n=20)[-1] if len(plans) > 1 else plans[0]
    table = Table(title=_("{sessions} sessions, {operations} opérations").format(
        sessions=asked.sessions, operations=asked.operations))  # fmt: skip
    table.add_column(_("Mesure"))
    table.add_column(_("Valeur"), justify="right")
    for name, value in (
        (_("première page, médiane (s)"), decimal(median(one.first for one in sessions), 2)),
        (_("première page, la plus lente (s)"), decimal(max(one.first for one in sessions), 2)),
        (_("modifications enregistrées"), str(len(plans))),
        (_("du clic au plan exact, médiane (s)"), decimal(median(plans), 2)),
        (_("du clic au plan exact, 95 % (s)"), decimal(late, 2)),
        (_("processeur du serveur en tout (s)"), decimal(spent, 1)),
        (_("mémoire du serveur au départ (Mo)"), decimal(memory[0] / 1e6, 0)),
        (_("mémoire du serveur à la fin (Mo)"), decimal(memory[1] / 1e6, 0)),
        (_("modifications perdues"), str(wrong[0])),
        (_("modifications mêlées"), str(wrong[1])),
    ):
        table.add_row(name, value)
    return table


if __name__ == "__main__":
    main()
