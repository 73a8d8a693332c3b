"""What a command says, and the code it ends with, when it does not do what was asked."""

from typer import TyperException
from typer.core import TyperArgument

from allocator.allocation_files import AllocationUnreadable
from allocator.archive.refusal import ArchiveUnusableError
from allocator.exploration.results_file import ResultsUnusable
from allocator.exploration.workers import ClusterError
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.solved import SolvedFolderUnusable
from scenarios.formats.problems import ScenarioError
from scenarios.language import _

DONE = 0
ANSWER_IS_NO = 1
UNUSABLE = 2
CRASH = 3
INTERRUPTED = 130
PIPE_CLOSED = 141


class CommandError(Exception):
    """An option or an argument that cannot be used; ``str()`` is a sentence."""


_UNUSABLE_INPUT = (
    ScenarioError, AllocationUnreadable, SolvedFolderUnusable, ArchiveUnusableError, ClusterError, CommandError,
    ResultsUnusable, TyperException, OSError,
)  # fmt: skip


def exit_code(error: Exception) -> int | None:
    """Return the exit code of an expected failure, None for a crash."""
    if isinstance(error, InfeasibleScenarioError | NoWholeCentsError):
        return ANSWER_IS_NO
    return UNUSABLE if isinstance(error, _UNUSABLE_INPUT) else None


def sentence(error: Exception) -> str:
    """Say an expected failure."""
    if isinstance(error, TyperException):
        return _usage(error)
    return _system(error) if isinstance(error, OSError) else str(error)


def _usage(error: TyperException) -> str:
    """Say what is wrong in the way the command is written, from the kind of the error and what it names."""
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        advice = " " + _("Vouliez-vous dire {near} ?").format(near=near) if near else ""
        return _("L'option {option} n'existe pas.").format(option=option) + advice
    if kind == "MissingParameter":
        return _("Il manque {parameter}.").format(parameter=_parameter(error))
    if kind == "BadOptionUsage":
        return _("L'option {option} attend une valeur.").format(option=option)
    return _("La commande n'est pas comprise : un de ses mots est de trop ou mal placé.")


def _parameter(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    if isinstance(parameter, TyperArgument):
        return _(str(parameter.metavar or parameter.name.upper()))
    return _("l'option {option}").format(option="/".join(getattr(parameter, "opts", ())))


def _system(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        PermissionError: _("accès refusé"),
        FileNotFoundError: _("fichier ou dossier introuvable"),
        FileExistsError: _("un fichier porte déjà ce nom"),
        NotADirectoryError: _("ce n'est pas un dossier"),
        IsADirectoryError: _("c'est un dossier"),
    }
    reason = reasons.get(type(error), error.strerror or str(error))
    return _("Lecture ou écriture impossible : {path} ({reason}).").format(path=error.filename, reason=reason)
