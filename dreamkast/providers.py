"""Sign-in by accounts elsewhere, as the environment names them: Google, GitHub or any OpenID Connect issuer.

A malformed text stops the start with a sentence that names the variable, and never shows a secret.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from dreamkast import env

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
ROLES = ("organizer", "broadcaster", "moderator", "reception")
KINDS = {
    "oidc": {},
    "google": {"name": "Google", "issuer": "https://accounts.google.com"},
    "github": {"name": "GitHub", "issuer": "https://github.com"},
}
NEEDED, OPTIONAL = ("id", "name", "issuer", "client_id", "secret"), ("kind", "scope", "roles_claim", "roles")
HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class SignInProvider:
    """A button under the sign-in form. `roles` maps a value of the claim to pairs of event and role."""

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    kind: str = "oidc"
    scope: tuple[str, ...] = ("openid", "profile", "email")
    roles_claim: str = ""
    roles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def read(name: str) -> list[SignInProvider]:
    text = env.text(name)
    if not text:
        return []
    try:
        return parse(text)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name}: {wrong}") from None


def parse(text: str) -> list[SignInProvider]:
    """Raises ValueError with a sentence that says what is wrong where."""
    try:
        rows = json.loads(text)
    except ValueError:
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("it must be a JSON list with an object for each sign-in provider.")
    found = [_provider(row, f"provider {number}") for number, row in enumerate(rows, 1)]
    if len({provider.id for provider in found}) < len(found):
        raise ValueError("two providers have the same id.")
    return found


def _provider(row: dict[str, Any], where: str) -> SignInProvider:
    kind = row.get("kind", "oidc")
    if kind not in KINDS:
        raise ValueError(f"the kind of {where} must be one of {', '.join(KINDS)}.")
    row = {**KINDS[kind], "kind": kind, **row}
    for key in row:
        if key not in NEEDED + OPTIONAL:
            raise ValueError(f"{where} has the unknown key {key!r}.")
    for key in NEEDED:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ValueError(f"{where} needs a text for {key!r}.")
    if not ID.fullmatch(row["id"]):
        raise ValueError(f"the id of {where} must be of small letters, digits and dashes.")
    claim, roles = _claim(row, where), _roles(row.get("roles", {}), where)
    fixed = {key: row[key].strip() for key in NEEDED}
    checked = {**fixed, "issuer": _issuer(fixed["issuer"], where), "scope": _scope(row, where)}
    return SignInProvider(**checked, kind=kind, roles_claim=claim, roles=roles)


def _issuer(address: str, where: str) -> str:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE):
        return address.rstrip("/")
    raise ValueError(f"the issuer of {where} must be an address that starts with https://.")


def _scope(row: dict[str, Any], where: str) -> tuple[str, ...]:
    if row["kind"] == "github":
        return ("user:email",)
    scope = row.get("scope", "openid profile email")
    if not isinstance(scope, str) or "openid" not in scope.split():
        raise ValueError(f"the scope of {where} must be words separated by spaces, openid among them.")
    return tuple(scope.split())


def _claim(row: dict[str, Any], where: str) -> str:
    claim = row.get("roles_claim", "")
    if not isinstance(claim, str) or bool(claim) != bool(row.get("roles")):
        raise ValueError(f"{where} needs both roles_claim and roles, or neither.")
    return claim


def _roles(roles: Any, where: str) -> dict[str, list[tuple[str, str]]]:
    if not isinstance(roles, dict):
        raise ValueError(f"the roles of {where} must be an object.")
    return {value: _pairs(pairs, where) for value, pairs in roles.items()}


def _pairs(pairs: Any, where: str) -> list[tuple[str, str]]:
    """`"cndt2026:organizer"`, or a list of such."""
    texts = [pairs] if isinstance(pairs, str) else pairs
    if not isinstance(texts, list):
        texts = [None]
    split = [tuple(text.split(":")) if isinstance(text, str) else () for text in texts]
    if not all(len(pair) == 2 and pair[0] and pair[1] in ROLES for pair in split):
        raise ValueError(f"the roles of {where} must look like event:role; roles are {', '.join(ROLES)}.")
    return [(pair[0], pair[1]) for pair in split]


def for_allauth(found: list[SignInProvider]) -> dict[str, Any]:
    """The value of SOCIALACCOUNT_PROVIDERS."""
    apps: dict[str, list[dict[str, Any]]] = {"openid_connect": [], "github": []}
    for provider in found:
        package = "github" if provider.kind == "github" else "openid_connect"
        settings = {"scope": list(provider.scope), "oauth_pkce_enabled": True, "server_url": provider.issuer}
        row = {"name": provider.name, "client_id": provider.client_id, "secret": provider.secret}
        apps[package].append({**row, "provider_id": provider.id, "settings": settings})
    return {package: {"APPS": rows} for package, rows in apps.items()}


def role_mappings(found: list[SignInProvider]) -> dict[str, dict[str, Any]]:
    """By provider: which claim, and which of its values give which roles."""
    return {
        provider.id: {"claim": provider.roles_claim, "roles": provider.roles}
        for provider in found
        if provider.roles_claim
    }
