"""Pictures of a page to look at, at three widths."""

from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[1] / ".shots"
WIDTHS = {390: 844, 768: 1024, 1440: 900}


def screenshots(page: Page, name: str, *, whole: bool = True) -> list[Path]:
    """One picture per width into tests/.shots; `name` says page, theme and language."""
    FOLDER.mkdir(exist_ok=True)
    return [_shot(page, f"{name}-{width}.png", width, height, whole) for width, height in WIDTHS.items()]


def _shot(page: Page, name: str, width: int, height: int, whole: bool) -> Path:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    page.screenshot(path=FOLDER / name, full_page=whole)
    return FOLDER / name
