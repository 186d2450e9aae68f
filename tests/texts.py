"""Find the texts in our sources: those that are marked for translation, and those that are not but show."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
APPS = ("dreamkast", "accounts", "events", "talks", "streaming")
Message = tuple[str | None, str]

LITERAL = r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")
PYTHON_CALLS = {"gettext", "ngettext", "pgettext", "npgettext", "_"}
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
SILENT = {"script", "style", "code", "kbd"}
WORD = re.compile(r"[^\W\d_]{2}")
# Without the middle dot, which separates in any language.
JAPANESE = re.compile(r"[\u3040-\u30fa\u30fc-\u30ff\u4e00-\u9fff]")


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    return sorted(
        path for folder in folders for path in folder.rglob("*.*") if path.suffix in {".html", ".txt"}
    )


def scripts() -> list[Path]:
    return sorted((ROOT / "static/js").rglob("*.js"))


def modules() -> list[Path]:
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def marked_in_template(source: str) -> set[Message]:
    return _marked_calls(templatize(source))


def marked_in_script(source: str) -> set[Message]:
    return _marked_calls(source)


def _marked_calls(source: str) -> set[Message]:
    return {_message(*found.groups()) for found in CALL.finditer(source)}


def _message(function: str, first: str, second: str | None) -> Message:
    texts = [ast.literal_eval(text) for text in (first, second) if text]
    # Templates double the percent sign, as gettext wants it.
    return (texts[0], texts[1]) if "p" in function.removesuffix("gettext") else (None, texts[0])


def marked_in_module(source: str) -> set[Message]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    return {message for call in calls for message in _marked_call(call)}


def _marked_call(call: ast.Call) -> Iterator[Message]:
    function = ast.unparse(call.func).split(".")[-1].removesuffix("_lazy")
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if function in PYTHON_CALLS and texts:
        yield (texts[0], texts[1]) if function in {"pgettext", "npgettext"} else (None, texts[0])


def bare_in_template(source: str, *, is_html: bool) -> list[str]:
    """Words that a template shows without asking for their translation."""
    tokens = Lexer(source).tokenize()
    text = "".join(_outside_translation(tokens))
    bare = _Page.texts(text) if is_html else text.splitlines()
    return [" ".join(part.split()) for part in bare if WORD.search(part)] + _bare_arguments(tokens)


CLASSES = {"block body_class", "block main_class", "block bodyclass"}


def _outside_translation(tokens: list[Token]) -> Iterator[str]:
    skipping = None
    for token in tokens:
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if token.contents in CLASSES or name in {"blocktranslate", "blocktrans", "comment"}:
            skipping = f"end{name}"
        elif name == skipping:
            skipping = None
        elif token.token_type == TokenType.TEXT and skipping is None:
            yield token.contents


ARGUMENT = re.compile(r"""(?:[\w]+=|\|default(?:_if_none)?:|\|yesno:)"([^"]*)\"""")
PROSE = re.compile(r"^[A-Z][a-z]+(?:$|[ ,.!?])")


def _bare_arguments(tokens: list[Token]) -> list[str]:
    """`{% include "x" with label="Some words" %}` and `{{ x|default:"None" }}`."""
    tags = (token.contents for token in tokens if token.token_type in {TokenType.BLOCK, TokenType.VAR})
    words = (text for tag in tags for text in ARGUMENT.findall(tag))
    return [text for text in words if PROSE.match(text) or JAPANESE.search(text)]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    @classmethod
    def texts(cls, source: str) -> list[str]:
        page = cls()
        page.feed(source)
        page.close()
        return page.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


COMMENT_OR_LITERAL = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
SENTENCE = re.compile(r"^[A-Z][^\W\d_]*[,:]? (?:.*[^\W\d_]{2}|\$\{)")
# What a programmer reads, not a visitor.
FOR_PROGRAMMERS = re.compile(r"(?:Error|console\.\w+)\(\s*$")
TRANSLATED = re.compile(r"""\bn?p?gettext\((?:\s*"(?:\\.|[^"\\])*"\s*,)*\s*$""")
SHOWN = re.compile(
    r"""(?:\.(?:textContent|title|placeholder|ariaLabel|alt)\s*=|"(?:aria-label|title)",)\s*$"""
)


def bare_in_script(source: str) -> list[str]:
    """Sentences, and whatever is put on the page directly, that no gettext call encloses."""
    found = []
    for literal in COMMENT_OR_LITERAL.finditer(source):
        text, before = literal.group()[1:-1], source[: literal.start()]
        if literal.group().startswith("/") or FOR_PROGRAMMERS.search(before):
            continue
        if TRANSLATED.search(before) and not literal.group().startswith("`"):
            continue
        shown = SHOWN.search(before) and WORD.search(re.sub(r"\$\{[^}]*\}", "", text))
        if shown or SENTENCE.match(text) or JAPANESE.search(text):
            found.append(text)
    return found
