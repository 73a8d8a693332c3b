"""Tests that need programs outside Python: run where these are installed, named one by one where they are not."""

import shutil

import pytest

PROGRAMS = {"office": ("soffice", "pdftotext"), "browser": ("chromium",)}
"""What tests need, by their mark."""

INSTALL = "sudo apt-get install libreoffice-calc poppler-utils fontconfig fonts-liberation chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests whose mark names a program that is missing."""
    for mark, programs in PROGRAMS.items():
        missing = [program for program in programs if shutil.which(program) is None]
        if missing:
            skip = pytest.mark.skip(reason=f"il manque {', '.join(missing)}")
            for item in items:
                if item.get_closest_marker(mark):
                    item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every test that was not run for that reason, and the command that installs what it needs."""
    reports = terminalreporter.stats.get("skipped", [])
    names = sorted(report.nodeid for report in reports if PROGRAMS.keys() & report.keywords)
    if names:
        terminalreporter.section(f"TESTS NON EXÉCUTÉS : {len(names)}", yellow=True, bold=True)
        for name in names:
            terminalreporter.line(f"  {name}")
        terminalreporter.line(f"Pour les exécuter (Debian, Ubuntu) : {INSTALL}")
