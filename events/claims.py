"""From what a sign-in provider says of somebody to roles in events. Pure, and surprised by no input."""

from typing import Any


def roles_in(
    claims: dict[str, Any], *, claim: str, roles: dict[str, list[tuple[str, str]]]
) -> set[tuple[str, str]]:
    """Pairs of event and role. The claim may be a text, a list of texts, or missing."""
    value = claims.get(claim)
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return {pair for word in words if isinstance(word, str) for pair in roles.get(word, [])}
