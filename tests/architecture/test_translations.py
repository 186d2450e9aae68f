"""Every text exists in both languages. A failure names the texts."""

import string
from collections.abc import Callable, Iterable
from pathlib import Path

import polib
import pytest

from tests.texts import (
    ROOT,
    Message,
    bare_in_script,
    bare_in_template,
    marked_in_module,
    marked_in_script,
    marked_in_template,
    modules,
    scripts,
    templates,
)

FOLDER = ROOT / "locale/ja/LC_MESSAGES"
DOMAINS = ["django", "djangojs"]

# Names, and words that are written the same in both languages.
SAME_IN_BOTH = {
    "Dreamkast",
    "English",
    "GitHub",
    "Google",
    "Outlook",
    "日本語",
    "LIVE",
    "EN",
    "JA",
    "OK",
    "OpenAPI",
    "HLS",
    "RTMP",
    "URL",
    "ID",
}

# Shown when nothing works any more, translations included: it says everything in both languages.
IN_BOTH_LANGUAGES_AT_ONCE = {ROOT / "templates/500.html"}


def catalogue(domain: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / f"{domain}.po"))


def values(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def gather(paths: Iterable[Path], read: Callable[[str], set[Message]]) -> set[Message]:
    return {message for path in paths for message in read(path.read_text())}


def in_catalogue(domain: str) -> set[Message]:
    return {(entry.msgctxt, entry.msgid) for entry in catalogue(domain) if not entry.obsolete}


def test_each_text_of_templates_and_python_is_in_the_catalogue():
    marked = gather(templates(), marked_in_template) | gather(modules(), marked_in_module)
    assert sorted(marked - in_catalogue("django"), key=str) == []


def test_each_text_of_scripts_is_in_the_catalogue():
    assert sorted(gather(scripts(), marked_in_script) - in_catalogue("djangojs"), key=str) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_text_is_translated(domain):
    assert [entry.msgid for entry in catalogue(domain) if not all(values(entry))] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_a_guess_of_the_machine(domain):
    assert [entry.msgid for entry in catalogue(domain) if entry.fuzzy] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translation_differs_from_the_text(domain):
    same = {entry.msgid for entry in catalogue(domain) if entry.msgid in values(entry)}
    wordless = {text for text in same if not any(letter in string.ascii_letters for letter in text)}
    assert sorted(same - SAME_IN_BOTH - wordless) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translation_keeps_the_placeholders(domain):
    def placeholders(text: str) -> set[str]:
        return {part.split(")")[0] for part in text.split("%(")[1:]}

    lost = [
        entry.msgid
        for entry in catalogue(domain)
        for value in values(entry)
        # A form for one thing may leave its number out.
        if placeholders(value) != placeholders(entry.msgid_plural or entry.msgid)
    ]
    assert lost == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_compiled_catalogue_equals_its_source(domain):
    def texts(entries: Iterable[polib.POEntry]) -> dict[Message, list[str]]:
        return {(entry.msgctxt, entry.msgid): values(entry) for entry in entries if not entry.obsolete}

    compiled = FOLDER / f"{domain}.mo"
    assert compiled.exists()
    assert texts(polib.mofile(str(compiled))) == texts(catalogue(domain))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", sorted(set(templates()) - IN_BOTH_LANGUAGES_AT_ONCE), ids=name)
def test_template_shows_no_untranslated_words(path):
    bare = bare_in_template(path.read_text(), is_html=path.suffix == ".html")
    assert [text for text in bare if text not in SAME_IN_BOTH] == []


@pytest.mark.parametrize("path", scripts(), ids=name)
def test_script_shows_no_untranslated_words(path):
    assert bare_in_script(path.read_text()) == []


BARE = {
    "<p>Hello there</p>": ["Hello there"],
    '<img alt="A picture">': ["A picture"],
    "<p>{% if x %}はい{% endif %}</p>": ["はい"],
    '{% include "x.html" with label="Some words" %}': ["Some words"],
    '{{ name|default:"Nobody" }}': ["Nobody"],
}
CLEAN = [
    '<p>{% translate "Hello" %} {{ name }} 12:30 · –</p>',
    "{% blocktranslate trimmed %}Hello <b>you</b>{% endblocktranslate %}",
    '<input type="text" class="Big one" name="Role" placeholder="{% translate "Role" %}">',
    "{# A remark #}{% comment %}Not shown{% endcomment %}<code>manage.py take</code>",
    '{% include "x.html" with name="play" %}',
]


@pytest.mark.parametrize("source", BARE)
def test_scan_sees_untranslated_words(source):
    assert bare_in_template(source, is_html=True) == BARE[source]


@pytest.mark.parametrize("source", CLEAN)
def test_scan_lets_translated_words_pass(source):
    assert bare_in_template(source, is_html=True) == []


@pytest.mark.parametrize(
    "source",
    ['show("Nobody is here")', "node.textContent = `${n} left`", 'x.title = "Play"', 'y("再生")',
     'node.setAttribute("aria-label", "Play")', "gettext(`Nobody is here`)"],
)  # fmt: skip
def test_scan_sees_untranslated_words_of_a_script(source):
    assert len(bare_in_script(source)) == 1


@pytest.mark.parametrize(
    "source",
    ['gettext("Nobody is here")', '// Nobody is "Here now"', 'throw new Error("Nobody is here")',
     'event.key === "Enter"', "node.textContent = `${hours}:${minutes}`", 'ngettext("One is", "%s are", n)'],
)  # fmt: skip
def test_scan_lets_other_texts_of_a_script_pass(source):
    assert bare_in_script(source) == []


def test_marked_texts_are_read_from_each_kind_of_source():
    counted = "{% blocktranslate count n=n %}{{ n }} talk{% plural %}{{ n }} talks{% endblocktranslate %}"
    assert marked_in_template(f'{{% translate "One" %}}{counted}') == {(None, "One"), (None, "%(n)s talk")}
    assert marked_in_script('ngettext("%s left", "%s left", n); gettext(\'It\\\'s\')') == {
        (None, "%s left"),
        (None, "It's"),
    }
    assert marked_in_module('pgettext("stage", "Card"); _("Two"); ngettext_lazy("a", "b", 1)') == {
        ("stage", "Card"),
        (None, "Two"),
        (None, "a"),
    }
