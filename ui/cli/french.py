"""Help pages in French: what typer writes itself is in English."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from scenarios.language import _
from ui.cli.console import results
from ui.cli.failures import CommandError


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is typer's
        """Print the help of the command on the standard output."""
        arguments = [parameter for parameter in self.params if isinstance(parameter, TyperArgument)]
        options = [parameter for parameter in self.params if isinstance(parameter, TyperOption)]
        names = [str(argument.metavar) for argument in arguments]
        _usage(ctx.command_path, [*names, _("[options]")], self.help)
        _section(_("Arguments"), zip(names, (argument.help or "" for argument in arguments), strict=True))
        _section(_("Options"), [*((_signature(option), option.help or "") for option in options), _help_line()])


class FrenchGroup(TyperGroup):
    """A group of commands whose help and errors are in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is typer's
        """Print the list of commands on the standard output."""
        arguments = [parameter for parameter in self.params if isinstance(parameter, TyperArgument)]
        _usage(ctx.command_path, [*(str(one.metavar) for one in arguments), _("COMMANDE"), "..."], self.help)
        _section(_("Commandes"), [(name, self.commands[name].help or "") for name in self.list_commands(ctx)])
        _section(_("Options"), [_help_line()])

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
    console.print(f"\n{summary}" if summary else "")


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
    return names if option.is_flag else f"{names} {option.metavar}"


def _help_line() -> tuple[str, str]:
    return "--help", _("Affiche cette aide.")
