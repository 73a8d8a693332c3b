"""Who may do what: one table, enforced by the functions of ``ui.desk`` and not only hidden by the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scenarios.language import N_, _


class Role(StrEnum):
    """What a person is to the committee; one person may be several things."""

    MEMBER = "membre"
    OFFICER = "financier"
    AUDITOR = "auditeur"
    ADMINISTRATOR = "administrateur"


class Action(StrEnum):
    """What can be done in the application."""

    READ = "read"  # open a scenario, its plan, its history
    CALCULATE = "calculate"  # plan, explanations, exploration of what the store holds
    COMMENT = "comment"
    EDIT = "edit"  # stage and commit changes, undo, import a document, create a dossier
    CONDUCT = "conduct"  # the meeting: statuses of lines, withdrawals, decisions
    EXPORT = "export"  # workbooks to sign
    SEAL = "seal"  # make an archive
    VERIFY = "verify"  # verify and replay an archive, check the journals
    SETTLE = "settle"  # status of a dossier: settled, archived
    ADMINISTER = "administer"


_EVERYBODY = frozenset(Role)
_OFFICE = frozenset({Role.OFFICER, Role.ADMINISTRATOR})

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ: _EVERYBODY,
    Action.CALCULATE: _EVERYBODY,
    Action.COMMENT: _EVERYBODY,
    Action.EDIT: _OFFICE,
    Action.CONDUCT: _OFFICE,
    Action.EXPORT: _OFFICE,
    Action.SEAL: _OFFICE | {Role.AUDITOR},
    Action.VERIFY: _EVERYBODY,
    Action.SETTLE: _OFFICE,
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}

_ROLES = {
    Role.MEMBER: N_("membre"),
    Role.OFFICER: N_("financier"),
    Role.AUDITOR: N_("auditeur"),
    Role.ADMINISTRATOR: N_("administrateur"),
}

_ACTIONS = {
    Action.READ: N_("Lire un scénario"),
    Action.CALCULATE: N_("Calculer un plan"),
    Action.COMMENT: N_("Commenter"),
    Action.EDIT: N_("Modifier un scénario"),
    Action.CONDUCT: N_("Conduire la séance"),
    Action.EXPORT: N_("Exporter les classeurs"),
    Action.SEAL: N_("Sceller une archive"),
    Action.VERIFY: N_("Vérifier une archive"),
    Action.SETTLE: N_("Arrêter ou archiver un scénario"),
    Action.ADMINISTER: N_("Administrer l'application"),
}


@dataclass(frozen=True)
class User:
    """Who acts. ``partner``: code of the partner this person speaks for, None for none."""

    name: str
    roles: frozenset[Role]
    partner: str | None = None

    def may(self, action: Action) -> bool:
        """Tell whether one of the roles allows an action."""
        return not self.roles.isdisjoint(ALLOWED[action])


class NotAllowedError(Exception):
    """An action that the user's roles do not allow; ``str()`` says who may."""

    def __init__(self, user: User, action: Action) -> None:
        self.action = action
        super().__init__(
            _("{action} est réservé aux rôles : {allowed}. Votre rôle : {roles}.").format(
                action=_(_ACTIONS[action]),
                allowed=role_names(ALLOWED[action]),
                roles=role_names(user.roles) or _("aucun"),
            )
        )


def require(user: User, action: Action) -> None:
    """Raise NotAllowedError unless the user may do this."""
    if not user.may(action):
        raise NotAllowedError(user, action)


def role_names(roles: Iterable[Role]) -> str:
    """Name roles, in the order of the table."""
    wanted = frozenset(roles)
    return ", ".join(_(_ROLES[role]) for role in Role if role in wanted)


def local_user(name: str) -> User:
    """Return the one user of an application without sign-in: every role."""
    return User(name, frozenset(Role))
