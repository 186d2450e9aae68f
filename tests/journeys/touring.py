"""Who walks through the tour: every press and every typed letter is counted on the way."""

import os
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext
from PIL import Image

# The keystroke-level model (Card, Moran and Newell), in seconds: to think what comes next, to point at it and
# press, to take the hands to the keys, and a key of somebody who types neither fast nor blind.
THINK, POINT, REACH, KEY = 1.35, 1.3, 0.4, 0.28
# Beyond the model: to read a page of a new kind, to wait for a page, and to fetch the code from the mailbox
# and the phone for the second factor.
READ, LOAD, AWAY = 8.0, 0.5, 60.0
COLOURS = 128


@dataclass
class Effort:
    """What a person had to do."""

    presses: int = 0
    choices: int = 0
    fields: int = 0
    letters: int = 0
    loads: int = 0
    kinds: set[str] = field(default_factory=set)

    def turn_to(self, address):
        self.loads += 1
        self.kinds.add(re.sub(r"\d+|(?<=/life/)\w+", "#", urlsplit(address).path))

    @property
    def minutes(self) -> float:
        """A choice is two presses and one thought; Tab leads to the next field."""
        thoughts = self.presses + self.choices + self.fields
        points = self.presses + 2 * self.choices
        doing = THINK * thoughts + POINT * points + (REACH + KEY) * self.fields + KEY * self.letters
        return (doing + READ * len(self.kinds) + LOAD * self.loads + AWAY) / 60


class Person:
    """One person in one browser, who reads one language and leaves pictures where somebody asked for them."""

    def __init__(self, page, site, language, number=0):
        self.page, self.site, self.language, self.number = page, site, language, number
        self.effort = Effort()
        page.on("framenavigated", lambda frame: self.effort.turn_to(frame.url))

    def word(self, text):
        with translation.override(self.language):
            return gettext(text)

    def show(self, name):
        self.number += 1
        folder = os.environ.get("TOUR_PICTURES")
        if folder:
            picture = Image.open(BytesIO(self.page.screenshot(animations="disabled"))).convert("RGB")
            place = Path(folder) / self.language / f"{self.number:02}-{name}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)

    def open(self, path):
        """An address that somebody was told."""
        self._typed(path)
        self.page.goto(path)

    def click(self, target):
        self.effort.presses += 1
        target = self.page.locator(target) if isinstance(target, str) else target
        target.first.click()

    def press(self, name, role="button"):
        self.click(self.page.get_by_role(role, name=self.word(name), exact=True))

    def type(self, target, text):
        self._typed(text)
        target.first.fill(text)

    def paste(self, selector, text):
        """A text that somebody has written before: one press into the field, two keys."""
        self.effort.fields += 1
        self.effort.letters += 2
        self.page.locator(selector).fill(text)

    def fill(self, label, text):
        self.type(self.page.get_by_label(self.word(label)), text)

    def field(self, name, text, page=None):
        self.type((page or self.page).locator(f"#id_{name}"), text)

    def choose(self, target, value):
        """Nothing is done where it is chosen already."""
        if target.input_value() != value:
            self.effort.choices += 1
            target.select_option(value)

    def tick(self, target, is_ticked):
        if target.is_checked() != is_ticked:
            self.click(target)

    def _typed(self, text):
        self.effort.fields += 1
        self.effort.letters += len(text)
