"""Every role before every action: the table of who may do what, written out."""

from itertools import product

import pytest

from ui.roles import ALLOWED, Action, NotAllowedError, Role, User, local_user, require, role_names

MAY = {
    Role.MEMBER: {"read", "calculate", "comment", "verify"},
    Role.OFFICER: {"read", "calculate", "comment", "verify", "edit", "conduct", "export", "seal", "settle"},
    Role.AUDITOR: {"read", "calculate", "comment", "verify", "seal"},
    Role.ADMINISTRATOR: {action.value for action in Action},
}


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role, action: Action) -> None:
    user = User("Camille", frozenset({role}))
    if action.value in MAY[role]:
        require(user, action)
        return
    with pytest.raises(NotAllowedError) as refusal:
        require(user, action)
    assert refusal.value.action is action
    assert "est réservé aux rôles : " in str(refusal.value)
    assert str(refusal.value).endswith(f"Votre rôle : {role_names([role])}.")


def test_every_action_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("action", list(Action))
def test_nobody_may_do_anything_without_a_role(action: Action) -> None:
    with pytest.raises(NotAllowedError, match="Votre rôle : aucun"):
        require(User("Inconnu", frozenset()), action)


def test_two_roles_add_up() -> None:
    both = User("Camille", frozenset({Role.MEMBER, Role.OFFICER}))
    require(both, Action.EDIT)
    assert not both.may(Action.ADMINISTER)


@pytest.mark.parametrize("action", list(Action))
def test_the_local_user_may_do_everything(action: Action) -> None:
    require(local_user("poste local"), action)


def test_the_sentence_names_who_may() -> None:
    with pytest.raises(NotAllowedError) as refusal:
        require(User("Camille", frozenset({Role.MEMBER})), Action.EXPORT)
    assert str(refusal.value) == (
        "Exporter les classeurs est réservé aux rôles : financier, administrateur. Votre rôle : membre."
    )
