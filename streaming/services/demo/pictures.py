"""Store generated pictures, each only when it is missing."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def picture(path: str, draw: Callable[..., bytes], *words: str) -> bool:
    """Whether the picture had to be drawn."""
    if default_storage.exists(path):
        return False
    default_storage.save(path, ContentFile(draw(*words)))
    return True
