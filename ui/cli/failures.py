"""What a command says, and the code it ends with, when it does not do what was asked."""

import errno

from typer import TyperException
from typer.core import TyperArgument

from allocator.allocation_files import AllocationUnreadable
from allocator.archive.refusal import ArchiveUnusableError
from allocator.engines.engine import EngineError
from allocator.exploration.results_file import ResultsUnusable
from allocator.exploration.workers import ClusterError
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.solved import SolvedFolderUnusable
from scenarios.formats.problems import ScenarioError
from scenarios.language import N_, _
from ui.configuration import ConfigurationError

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
    ResultsUnusable, ConfigurationError, TyperException, OSError,
)  # fmt: skip


def exit_code(error: Exception) -> int | None:
    """Return the exit code of an expected failure, None for a crash nobody expects."""
    if isinstance(error, InfeasibleScenarioError | NoWholeCentsError):
        return ANSWER_IS_NO
    if isinstance(error, EngineError | MemoryError):
        return CRASH
    return UNUSABLE if isinstance(error, _UNUSABLE_INPUT) else None


def sentence(error: Exception) -> str:
    """Say an expected failure."""
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, EngineError):
        return _(
            "Le moteur de calcul n'a pas abouti ({reason}). Rien n'est écrit : recommencez, ou changez de moteur."
        ).format(reason=error)
    if isinstance(error, MemoryError):
        return _(
            "La mémoire de cette machine ne suffit pas. Rien n'est écrit : fermez d'autres programmes, recommencez."
        )
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
    reason = _(_REASONS[error.errno]) if error.errno in _REASONS else error.strerror or str(error)
    if error.filename is None:
        return _("Lecture ou écriture impossible : {reason}.").format(reason=reason)
    return _("Lecture ou écriture impossible : {path} ({reason}).").format(path=error.filename, reason=reason)


_REASONS = {
    errno.EACCES: N_("accès refusé"),
    errno.EPERM: N_("accès refusé"),
    errno.ENOENT: N_("fichier ou dossier introuvable"),
    errno.EEXIST: N_("un fichier porte déjà ce nom"),
    errno.ENOTDIR: N_("ce n'est pas un dossier"),
    errno.EISDIR: N_("c'est un dossier"),
    errno.ENOSPC: N_("le disque est plein : libérez de la place, puis recommencez"),
    errno.EDQUOT: N_("votre part du disque est pleine : libérez de la place, puis recommencez"),
    errno.EROFS: N_("le disque est en lecture seule"),
    errno.EIO: N_("le disque ne répond pas"),
    errno.ENAMETOOLONG: N_("le nom est trop long"),
}
