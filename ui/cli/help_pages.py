"""Help pages in the language spoken: what typer writes itself is in English.

Commands, arguments and options are declared when modules load, with sentences that ``N_`` marks: they are translated
here.
"""

from collections.abc import Iterable
from typing import Any

from rich.table import Table
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from scenarios.language import LANGUAGES, _
from ui.cli import language_option
from ui.cli.console import results
from ui.cli.failures import CommandError


def with_names(sentence: str, names: str) -> str:
    """Declare a help whose sentence, marked by ``N_``, is filled with ``{names}`` once translated."""
    return f"{sentence}\n{names}"


class SpokenCommand(TyperCommand):
    """A command whose help is in the language spoken."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is typer's
        """Print the help of the command on the standard output."""
        arguments = [parameter for parameter in self.params if isinstance(parameter, TyperArgument)]
        options = [parameter for parameter in self.params if isinstance(parameter, TyperOption)]
        names = [_(str(argument.metavar)) for argument in arguments]
        _usage(ctx.command_path, [*names, _("[options]")], self.help)
        _section(_("Arguments"), zip(names, map(_meaning, arguments), strict=True))
        _section(_("Options"), [*((_signature(option), _meaning(option)) for option in options), *_everywhere()])


class SpokenGroup(TyperGroup):
    """A group of commands whose help and errors are in the language spoken."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is typer's
        """Print the list of commands on the standard output."""
        arguments = [parameter for parameter in self.params if isinstance(parameter, TyperArgument)]
        _usage(ctx.command_path, [*(_(str(one.metavar)) for one in arguments), _("COMMANDE"), "..."], self.help)
        _section(_("Commandes"), [(name, _(str(self.commands[name].help))) for name in self.list_commands(ctx)])
        _section(_("Options"), _everywhere())

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command by its name. Raises CommandError, with the names that exist, for another one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            names = ", ".join(self.list_commands(ctx))
            raise CommandError(
                _("La commande « {name} » n'existe pas. Commandes : {names}.").format(name=args[0], names=names)
            )
        return super().resolve_command(ctx, args)


def _usage(path: str, pieces: Iterable[str], summary: str | None) -> None:
    console = results()
    # click writes the argument of a group between braces.
    path = path.replace("{", "").replace("}", "")
    console.print(_("Utilisation : {usage}").format(usage=" ".join([path, *pieces])))
    console.print(f"\n{_(summary)}" if summary else "")


def _section(title: str, rows: Iterable[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, meaning in rows:
        table.add_row(f"  {name}", meaning)
    if table.row_count:
        console = results()
        console.print(f"\n{title}", style="bold")
        console.print(table)


def _signature(option: TyperOption) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {_(str(option.metavar))}"


def _meaning(parameter: TyperArgument | TyperOption) -> str:
    sentence, _line, names = (parameter.help or "").partition("\n")
    return _(sentence).format(names=names) if names else _(sentence)


def _everywhere() -> list[tuple[str, str]]:
    """Return the lines of the options that every command has."""
    languages = _(language_option.HELP).format(names=", ".join(LANGUAGES))
    return [
        (f"{language_option.OPTION} {_(language_option.METAVAR)}", languages),
        ("--help", _("Affiche cette aide.")),
    ]
