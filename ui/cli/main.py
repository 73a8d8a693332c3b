"""The entry of the command ``allocator``: commands, failures, exit codes.

Exit codes: 0 done; 1 the answer is no; 2 the input cannot be used; 3 the program itself failed; 130 interrupted; 141
nobody reads the output any more.
"""

import sys
import traceback
from collections.abc import Sequence

import typer

from scenarios.language import N_, _, speaking
from ui.cli import (
    agreements,
    archive,
    check,
    compare,
    divisions,
    doctor,
    explain,
    explore,
    export,
    import_document,
    replay,
    rulebook,
    solve,
    unlock,
    verify,
)
from ui.cli.console import messages, say
from ui.cli.documents import emit, failure_content
from ui.cli.failures import ANSWER_IS_NO, CRASH, INTERRUPTED, PIPE_CLOSED, CommandError, exit_code, sentence
from ui.cli.help_pages import SpokenCommand, SpokenGroup
from ui.cli.language_option import language_of
from ui.configuration import require_sound

app = typer.Typer(
    cls=SpokenGroup,
    help=N_("Répartit le financement des opérations entre les partenaires du comité."),
    add_completion=False,
    pretty_exceptions_enable=False,
)
_COMMANDS = (
    check,
    solve,
    agreements,
    export,
    import_document,
    compare,
    divisions,
    explain,
    unlock,
    archive,
    verify,
    replay,
    doctor,
)
for _command in _COMMANDS:
    app.command(_command.NAME, help=_command.SUMMARY, cls=SpokenCommand)(_command.run)
app.add_typer(explore.app, name=explore.NAME)
app.add_typer(rulebook.app, name=rulebook.NAME)


def main() -> None:
    """Run the command line of this process, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever happens, it is said in the language asked."""
    try:
        language, arguments = language_of(arguments)
    except CommandError as error:
        return _fail(error, in_json="--json" in arguments)
    with speaking(language):
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    try:
        if arguments[:1] != [doctor.NAME]:  # which tells what is wrong among the rest
            require_sound()
        code = app(args=[*arguments] or ["--help"], prog_name="allocator", standalone_mode=False) or 0
    except SystemExit:  # how rich and typer leave when nobody reads the output any more
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - a crash must not end with 1, which means that the answer is no
        return _fail(error, in_json="--json" in arguments)
    if code == INTERRUPTED:
        messages().print(_("Interrompu."))
    return int(code)


def _fail(error: Exception, *, in_json: bool) -> int:
    code = exit_code(error)
    if code is None:
        traceback.print_exc()
        messages().print(_("Le programme a échoué ; rien de ce qu'il a calculé n'est à retenir."), style="bold")
        return CRASH
    message = sentence(error)
    say(messages(), message)
    if in_json and code != CRASH:
        emit("no" if code == ANSWER_IS_NO else "unusable", **failure_content(error, message))
    return code
