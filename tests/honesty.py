"""With CI=true a run counts only when every collected test ran: no skip, no xfail, nothing deselected."""

import os

import pytest

_deselected: list[str] = []


def pytest_deselected(items):
    _deselected.extend(item.nodeid for item in items)


def left_out(terminal) -> list[str]:
    stats = terminal.stats if terminal else {}
    reports = [report for kind in ("skipped", "xfailed", "xpassed") for report in stats.get(kind, [])]
    return [*(report.nodeid for report in reports), *_deselected]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """What a worker left out; each of them collects the same tests."""
    told = getattr(node, "workeroutput", {}).get("deselected", [])
    _deselected.extend(nodeid for nodeid in told if nodeid not in _deselected)


def pytest_sessionfinish(session, exitstatus):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["deselected"] = _deselected
    terminal = session.config.pluginmanager.getplugin("terminalreporter")
    if os.environ.get("CI") == "true" and left_out(terminal) and exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    missing = left_out(terminalreporter) if os.environ.get("CI") == "true" else []
    if missing:
        terminalreporter.section("not run, so the run fails")
        terminalreporter.line("\n".join(missing))
