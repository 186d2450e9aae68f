"""axe-core on a page, with every rule on."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Under this name its own inline styles are known from those of the page (visitors.py).
NAME = "axe.min.js"
SCRIPT = Path(__file__).resolve().parents[1] / "vendor/axe" / NAME
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((found) => ["serious", "critical"].includes(found.impact))
  .map((found) => ({rule: found.id, help: found.help,
                    where: found.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`)}))"""


def axe(page: Page) -> list[dict[str, Any]]:
    """The serious and critical findings; an empty list is what a test expects."""
    page.wait_for_load_state()
    # Evaluated through the debugger, which no content security policy forbids.
    page.evaluate(f"{SCRIPT.read_text()};undefined\n//# sourceURL={NAME}")
    findings: list[dict[str, Any]] = page.evaluate(RUN)
    return findings
