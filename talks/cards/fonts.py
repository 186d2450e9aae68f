"""The site's fonts for pictures. Japanese needs Noto Sans CJK; without it any font draws what it can."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
BOLD = ["NotoSansCJK-Bold.ttc", "NotoSansCJKjp-Bold.otf", "NotoSansJP-Bold.otf", "DejaVuSans-Bold.ttf"]
REGULAR = ["NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf", "NotoSansJP-Regular.otf", "DejaVuSans.ttf"]

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=64)
def font(pixels: int, *, is_bold: bool) -> Font:
    """Never fails: Pillow has a small font of its own."""
    path = _path(is_bold)
    return ImageFont.truetype(path, pixels) if path else ImageFont.load_default(pixels)


@lru_cache(maxsize=2)
def _path(is_bold: bool) -> str:
    wanted = [*BOLD, *REGULAR] if is_bold else [*REGULAR, *BOLD]
    found = {path.name: path for folder in FOLDERS for path in folder.rglob("*.[ot]t[cf]")}
    return str(next((found[name] for name in wanted if name in found), ""))
