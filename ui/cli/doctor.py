"""``allocator doctor``: whether this machine can do the work: settings, engines, store, disk, clock."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from allocator.engines import ENGINE_NAMES
from allocator.solve.allocate import allocate
from scenarios import library
from scenarios.formats import read
from scenarios.language import N_, _
from scenarios.rulebooks import in_force
from ui import configuration
from ui.cli.console import results, say
from ui.cli.documents import emit
from ui.cli.failures import ANSWER_IS_NO, DONE
from ui.cli.scenario_argument import Json

NAME = "doctor"
SUMMARY = N_("Dit si cette machine est prête : réglages, moteurs, magasin, disque, horloge.")
LEAST_FREE = 1_000_000_000
"""Bytes free on the disk of temporary files, below which a committee's archives may not fit."""

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock is right before this program was written."""

SMALL = "tutoriel"


@dataclass(frozen=True)
class Found:
    """What was found of one thing: its name, whether it is fit, and a sentence."""

    name: str
    fit: bool
    sentence: str


def run(in_json: Json = False) -> int:
    """Print one line per thing looked at. Returns 1 when one of them is not fit."""
    found = [check for look in LOOKS for check in look()]
    sound = all(check.fit for check in found)
    if in_json:
        emit("done" if sound else "no", checks=[vars(check) for check in found])
    else:
        for check in found:
            state = _("en ordre") if check.fit else _("à corriger")
            say(results(), f"{state} : {check.sentence}")
    return DONE if sound else ANSWER_IS_NO


def settings() -> Iterator[Found]:
    """Look at the variables of the environment."""
    wrong = list(configuration.problems())
    for sentence in wrong:
        yield Found("settings", fit=False, sentence=sentence)
    if not wrong:
        yield Found("settings", fit=True, sentence=_("réglages de l'environnement"))


def engines() -> Iterator[Found]:
    """Calculate the small shipped scenario with each engine: all must give the same cents."""
    scenario = in_force(read(library.find(SMALL)))
    expected = None
    for name in ENGINE_NAMES:
        try:
            commitments = allocate(scenario, engine_name=name).commitments
        except Exception as error:  # noqa: BLE001 - whatever stops an engine is what is looked for
            yield Found("engine", fit=False, sentence=_("moteur {name} : {error}").format(name=name, error=error))
            continue
        expected = expected or commitments
        fit = commitments == expected
        sentence = _("moteur {name}") if fit else _("moteur {name} : il ne donne pas les centimes des autres")
        yield Found("engine", fit=fit, sentence=sentence.format(name=name))


def store() -> Iterator[Found]:
    """Open the store, and read its log again."""
    from scenarios.store import UnusableStoreError, open_store  # no other command waits for the database's library

    try:
        with open_store() as opened:
            faults = opened.verify_log()
    except UnusableStoreError as error:
        yield Found("store", fit=False, sentence=_("magasin : {error}").format(error=error))
        return
    if faults:
        sentence = _("magasin : {count} altérations, la première : {first}").format(count=len(faults), first=faults[0])
        yield Found("store", fit=False, sentence=sentence)
    else:
        yield Found("store", fit=True, sentence=_("magasin des scénarios, journal relu"))


def disk() -> Iterator[Found]:
    """Look at the room for temporary files."""
    folder = Path(tempfile.gettempdir())
    free = shutil.disk_usage(folder).free
    sentence = _("{mega} Mo libres dans {folder}").format(mega=free // 1_000_000, folder=folder)
    yield Found("disk", fit=free >= LEAST_FREE, sentence=sentence)


def clock() -> Iterator[Found]:
    """Look at the clock."""
    now = datetime.now(UTC)
    sentence = _("horloge : {now}").format(now=f"{now:%Y-%m-%dT%H:%M:%SZ}")
    yield Found("clock", fit=now >= FIRST_DAY, sentence=sentence)


LOOKS: tuple[Callable[[], Iterator[Found]], ...] = (settings, engines, store, disk, clock)
