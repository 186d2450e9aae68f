"""Texts that exist in Japanese and in English."""

import re
from typing import Any

from django.utils.translation import get_language

COUNTERS = "秒分時日週月年人個件本回台枚名社円版章話行列語倍度種歳階番校冊"
_SPACED_COUNTER = re.compile(rf"(\d)[ \u3000]+(?=[{COUNTERS}])")


class Bilingual:
    """`name = Bilingual()` reads `name_ja` or `name_en` by the active language, else whichever is filled."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        first, second = ("en", "ja") if (get_language() or "ja").startswith("en") else ("ja", "en")
        return getattr(instance, f"{self.name}_{first}") or getattr(instance, f"{self.name}_{second}")


def tighten_counters(text: str) -> str:
    """Remove the space between a digit and a Japanese counter: the browser draws the gap itself."""
    return _SPACED_COUNTER.sub(r"\1", text)
