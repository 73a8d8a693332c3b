"""The outcomes of a stress test as they come, in a file from which an interrupted run goes on.

The first line names the scenario, the laws and the sources of the program; each next one holds the outcome of a draw.
Lines are added at the end by groups, in one write each; a last line cut short by an interruption is dropped.
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from allocator.archive.software import software
from allocator.exploration.trial import NO_PLAN, NONE, PART, WHOLE, Outcome
from allocator.exploration.workers import Job
from scenarios.language import _

FORMAT = 1


class ResultsUnusable(ValueError):  # noqa: N818 - named as what is wrong, like the other refusals
    """A results file of something else, or damaged; ``str()`` says it in French."""


class ResultsFile:
    """The results file of one job, made when absent."""

    def __init__(self, path: Path, wanted: Job) -> None:
        self.path = path
        self._operations = len(wanted.scenario.operations)
        self._header = {"format": FORMAT, "job": wanted.key, "sources": software()["sources"]}
        if not path.exists() or not path.stat().st_size:
            self._write([self._header])

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcomes already there. Raises ResultsUnusable."""
        whole = self._whole_lines()
        if not whole or self._parsed(1, whole[0]) != self._header:
            raise ResultsUnusable(
                _(
                    "{path} contient les tirages d'un autre scénario, d'autres lois ou d'une autre version du "
                    "programme. Donnez un autre fichier, ou supprimez celui-ci."
                ).format(path=self.path)
            )
        for number, line in enumerate(whole[1:], start=2):
            yield self._outcome(number, self._parsed(number, line))

    def append(self, outcomes: Sequence[Outcome]) -> None:
        """Add outcomes, all or nothing once reread."""
        self._write([{"draw": one.draw, "states": one.states} for one in outcomes])

    def _whole_lines(self) -> list[str]:
        """Return the lines written to their end, and drop what follows them."""
        content = self.path.read_bytes()
        kept = content.rfind(b"\n") + 1
        if kept < len(content):
            os.truncate(self.path, kept)
        return content[:kept].decode("utf-8", "replace").splitlines()

    def _parsed(self, number: int, line: str) -> Any:
        try:
            return json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self._damaged(number) from error

    def _outcome(self, number: int, values: Any) -> Outcome:
        try:
            found = Outcome(values["draw"], values["states"])
            known = set(found.states) <= {NONE, PART, WHOLE} and len(found.states) in (len(NO_PLAN), self._operations)
        except (KeyError, TypeError) as error:
            raise self._damaged(number) from error
        if not known or type(found.draw) is not int:
            raise self._damaged(number)
        return found

    def _damaged(self, number: int) -> ResultsUnusable:
        sentence = _("{path}, ligne {number} : ce n'est pas un tirage que ce programme a écrit. Supprimez ce fichier.")
        return ResultsUnusable(sentence.format(path=self.path, number=number))

    def _write(self, lines: Sequence[dict[str, Any]]) -> None:
        text = "".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines)
        with self.path.open("ab") as target:
            target.write(text.encode())
            target.flush()
            os.fsync(target.fileno())
