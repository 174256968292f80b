"""Take each guard away in turn and show that a test turns red: python -m tests.drop_guards [NAME…].

Not part of the daily suite. A name is a guard of the course, a family (slips, leads, publication,
evidence, archive, freezing, imports) or one guard of a family; without names all are tried. The scenarios of
the law run first; a guard they do not miss is tried against the scripted courses. A guard of a
family is tried against the tests of the family. Exit code 1 when one can go and every test stays green.
"""

import contextlib
import io
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from enforcer.law import lifecycle, lifecycle_rules
from enforcer.terms import CaseStep
from tests import guards_away
from tests.guards_away import Guard, guards_of

HERE = Path(__file__).parent
SCENARIOS = str(HERE / "law" / "test_lifecycle.py")
COURSES = str(HERE / "operations" / "test_courses.py")
COVERAGE = "test_every_guard_and_every_rule_refuses_in_some_scenario_or_course"

FAMILIES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "slips": (
        ("law.slips", "operations.slips"),
        (
            "law/test_slips.py",
            "operations/test_slips_known.py",
            "operations/test_slips.py",
            "operations/test_slip_numbers.py",
        ),
    ),
    "leads": (
        ("law.lead_handling", "operations.lead_rows", "operations.leads", "operations.lead_steps"),
        (
            "operations/test_lead_handling.py",
            "operations/test_lead_void.py",
            "operations/test_leads_written.py",
            "operations/test_leads.py",
        ),
    ),
    "publication": (
        ("law.publication", "operations.publication"),
        ("operations/test_publication.py",),
    ),
    "evidence": (
        ("operations.evidence_keeping", "operations.evidence_uses", "operations.evidence_acts"),
        (
            "operations/test_evidence_refusals.py",
            "operations/test_evidence_keeping.py",
            "operations/test_evidence_recorders.py",
            "operations/test_evidence_items.py",
        ),
    ),
    "archive": (
        ("operations.dossier_handovers", "queries.dossier_handover"),
        ("operations/test_dossier_handovers.py",),
    ),
    "freezing": (("operations.reports",), ("operations/test_reports.py",)),
    "imports": (
        ("operations.ledger_undo",),
        (
            "operations/test_evidence_refusals.py",
            "operations/test_ledger_undo.py",
            "operations/test_law_undo.py",
        ),
    ),
}
"""What else refuses, beside the course: the modules of each family, and the tests that miss them."""


def of_families(wanted: Collection[str]) -> Iterator[tuple[Guard, tuple[str, ...]]]:
    """The guards of the families, each with the tests it is tried against."""
    for family, (modules, tests) in FAMILIES.items():
        for guard in (one for each in modules for one in guards_of(f"enforcer.{each}")):
            if not wanted or {family, guard.name} & set(wanted):
                yield guard, tuple(str(HERE / one) for one in tests)


def names() -> list[str]:
    """Every guard and every rule, in the order of the course."""
    found = [rule.__name__ for rule in lifecycle_rules.RULES]
    found += [guard.__name__ for step in lifecycle.STEPS for guard in step.guards]
    return list(dict.fromkeys(found))


@contextlib.contextmanager
def without(name: str) -> Iterator[None]:
    """The state machine with one guard gone from every step."""
    steps, rules = dict(lifecycle._BY_KEY), lifecycle.RULES
    for key, step in steps.items():
        kept = tuple(one for one in step.guards if one.__name__ != name)
        lifecycle._BY_KEY[CaseStep(key)] = replace(step, guards=kept)
    lifecycle.RULES = tuple(one for one in rules if one.__name__ != name)
    try:
        yield
    finally:
        lifecycle._BY_KEY.update(steps)
        lifecycle.RULES = rules


def red(*paths: str) -> bool:
    """Whether a test of these files fails now (the test that counts coverage is left out)."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(
            ["-q", "-x", "-p", "no:randomly", "--no-header", "-k", f"not {COVERAGE}", *paths]
        )
    return code == pytest.ExitCode.TESTS_FAILED


def of_course(wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each guard of the course and which tests miss it."""
    known = [one for one in names() if not wanted or one in wanted]
    assert not known or not red(SCENARIOS), "the tests are red before any guard is gone"
    for name in known:
        with without(name):
            yield name, "情景" if red(SCENARIOS) else "课程" if red(COURSES) else ""


def of_the_rest(wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each guard of the families and which tests miss it."""
    green: set[tuple[str, ...]] = set()
    for guard, tests in of_families(wanted):
        if tests not in green:
            assert not red(*tests), f"red before any guard is gone: {tests}"
            green.add(tests)
        with guards_away.without(guard):
            yield guard.name, "测试" if red(*tests) else ""


def main(wanted: list[str]) -> int:
    seen = {}
    for name, by in chain(of_course(wanted), of_the_rest(wanted)):
        print(f"{name:<64}{by or '没有测试发现'}", flush=True)
        seen[name] = by
    missed = [name for name, by in seen.items() if not by]
    print(f"{len(seen)} 个守卫，{len(missed)} 个去掉后没有测试变红。")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
