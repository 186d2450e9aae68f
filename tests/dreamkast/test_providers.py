"""What DREAMKAST_OIDC may say."""

import json

import pytest

from dreamkast.providers import ROLES, for_allauth, parse, role_mappings
from events.enums import Role

ENTRY = {
    "id": "auth0",
    "name": "Auth0",
    "issuer": "https://example.auth0.com/",
    "client_id": "abc",
    "secret": "hush",
}


def entry(**more):
    return json.dumps([{**ENTRY, **more}])


def test_any_issuer_is_named_with_five_words():
    (provider,) = parse(entry())
    assert (provider.id, provider.name, provider.issuer) == ("auth0", "Auth0", "https://example.auth0.com")
    assert provider.origin == "https://example.auth0.com"
    assert "hush" not in repr(provider)


def test_google_and_github_know_their_own_address():
    rows = [{"kind": kind, "id": kind, "client_id": "a", "secret": "b"} for kind in ("google", "github")]
    google, github = parse(json.dumps(rows))
    assert (google.name, google.origin) == ("Google", "https://accounts.google.com")
    assert (github.name, github.origin) == ("GitHub", "https://github.com")
    apps = for_allauth([google, github])
    assert [len(apps[package]["APPS"]) for package in ("openid_connect", "github")] == [1, 1]


def test_a_claim_is_mapped_to_roles_of_events():
    roles = {"CNDT2026-Admin": "cndt2026:organizer", "Crew": ["a:broadcaster", "b:moderator"]}
    (provider,) = parse(entry(roles_claim="https://cloudnativedays.jp/roles", roles=roles))
    assert role_mappings([provider]) == {
        "auth0": {
            "claim": "https://cloudnativedays.jp/roles",
            "roles": {
                "CNDT2026-Admin": [("cndt2026", "organizer")],
                "Crew": [("a", "broadcaster"), ("b", "moderator")],
            },
        }
    }


def test_the_roles_here_are_the_roles_of_events():
    assert set(ROLES) == set(Role.values)


WRONG = {
    "no json": "abc",
    "no list": json.dumps(ENTRY),
    "no object": "[1]",
    "unknown key": entry(cleint_id="x"),
    "no secret": json.dumps([{key: value for key, value in ENTRY.items() if key != "secret"}]),
    "empty name": entry(name=" "),
    "odd id": entry(id="Auth 0"),
    "plain http": entry(issuer="http://example.com"),
    "unknown kind": entry(kind="saml"),
    "twice": json.dumps([ENTRY, ENTRY]),
    "no openid": entry(scope="email"),
    "claim without roles": entry(roles_claim="groups"),
    "unknown role": entry(roles_claim="groups", roles={"a": "cndt:king"}),
    "no event": entry(roles_claim="groups", roles={"a": "organizer"}),
    "roles of another shape": entry(roles_claim="groups", roles={"a": {"b": 1}}),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_and_no_secret_with_it(text):
    with pytest.raises(ValueError, match=r"\w") as refused:
        parse(text)
    assert "hush" not in str(refused.value)
    assert str(refused.value).endswith(".")
