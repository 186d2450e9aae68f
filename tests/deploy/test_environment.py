"""The variables of a site: each is explained, and a wrong one stops the start with a sentence."""

import re

import pytest

from tests.deploy.environments import DEPLOY, example, filled_example, load, manage, production
from tests.services.environment import bare_environment

# Read by others than our settings: gunicorn's file, uvicorn, boto3, and compose.yaml itself.
GUNICORN = {"WEB_CONCURRENCY", "BIND", "FORWARDED_ALLOW_IPS"}
BOTO3 = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
COMPOSE = {"POSTGRES_PASSWORD", "LOCAL_PICTURES", "BACKUP_DIR", "BACKUP_KEEP"}


def test_the_example_names_every_variable_that_the_settings_read(tmp_path):
    done = load(production(tmp_path, DATABASE_URL="postgres://dreamkast@127.0.0.1/dreamkast"))
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == set(example()) - GUNICORN - BOTO3 - COMPOSE


def test_compose_asks_for_nothing_that_the_example_does_not_name():
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked == COMPOSE | {"DREAMKAST_HOSTS"}
    assert asked <= set(example())


def test_every_line_of_the_example_has_its_sentence():
    blocks = (DEPLOY / "env.example").read_text().split("\n\n")
    bare = [
        block
        for block in blocks
        if "=" in block and not re.match(r"# [^-=\n]*[a-z][^=\n]* [^=\n]*\n?", block)
    ]
    assert bare == []


def test_the_example_starts_a_site_once_it_is_filled_in(tmp_path):
    done = load(bare_environment(**filled_example(), DREAMKAST_DATA_DIR=str(tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")


def test_its_defaults_are_the_true_ones(tmp_path):
    """Uncommenting a line without changing it changes nothing."""
    plain = bare_environment(**filled_example(), DJANGO_SETTINGS_MODULE="dreamkast.settings.base")
    defaults = {name: value for name, value in example().items() if value and name not in plain}
    with_defaults = manage(plain | defaults, "diffsettings")
    assert with_defaults.returncode == 0, with_defaults.stderr
    assert with_defaults.stdout == manage(plain, "diffsettings").stdout


REFUSED = {
    "DREAMKAST_SECRET": ("x", "DREAMKAST_SECRET is not a setting of Dreamkast."),
    "DATABASE_URL": ("postgres//nobody", "DATABASE_URL must be postgres://user:password@host/name"),
    "REDIS_URL": ("http://redis", "REDIS_URL must be an address that starts with redis or rediss or unix"),
    "DREAMKAST_DEMO": ("1", "DREAMKAST_DEMO needs DREAMKAST_DEBUG"),
    "DREAMKAST_DEBUG": ("perhaps", "DREAMKAST_DEBUG must be one of"),
    "DREAMKAST_SECRET_KEY": ("", "DREAMKAST_SECRET_KEY must be set"),
    "DREAMKAST_HOSTS": ("", "DREAMKAST_HOSTS must name the hosts"),
    "DREAMKAST_STREAM_GATEWAY": ("satellite", "DREAMKAST_STREAM_GATEWAY must be one of local, ivs"),
    "DREAMKAST_OIDC": ('[{"secret": "hush"}]', "DREAMKAST_OIDC: provider 1 needs a text for 'id'."),
    "EMAIL_URL": ("mail.example.org", "EMAIL_URL must be smtp+tls://"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_variable_stops_the_start_with_one_sentence_that_names_it(name, tmp_path):
    value, sentence = REFUSED[name]
    done = manage(production(tmp_path, **{name: value}), "check")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Dreamkast cannot start: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_production_site_passes_djangos_own_checks(tmp_path):
    done = manage(production(tmp_path), "check", "--deploy")
    assert (done.returncode, "System check identified" in done.stdout + done.stderr) == (0, True)
    # The proxy in front redirects to TLS, and only the owner of a domain may speak for its other names.
    answered = set(re.findall(r"security\.W\d+", done.stderr))
    assert answered == {"security.W005", "security.W008", "security.W021"}
