"""Take each guard away in turn and show that a test turns red: python -m tests.drop_guards [NAME…].

Not part of the daily suite. The scenarios of the law run first; a guard they do not miss is tried
against the scripted courses. Exit code 1 when a guard can go and every test stays green.
"""

import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from enforcer.law import lifecycle, lifecycle_rules
from enforcer.terms import CaseStep

HERE = Path(__file__).parent
SCENARIOS = str(HERE / "law" / "test_lifecycle.py")
COURSES = str(HERE / "operations" / "test_courses.py")
COVERAGE = "test_every_guard_and_every_rule_refuses_in_some_scenario_or_course"


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


def red(path: str) -> bool:
    """Whether a test of this file fails now (the test that counts coverage is left out)."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(
            ["-q", "-x", "-p", "no:randomly", "--no-header", "-k", f"not {COVERAGE}", path]
        )
    return code == pytest.ExitCode.TESTS_FAILED


def main(wanted: list[str]) -> int:
    assert not red(SCENARIOS), "the tests are red before any guard is gone"
    missed = []
    for name in wanted or names():
        with without(name):
            seen = "情景" if red(SCENARIOS) else "课程" if red(COURSES) else ""
        print(f"{name:<36}{seen or '没有测试发现'}", flush=True)
        if not seen:
            missed.append(name)
    print(f"{len(wanted or names())} 个守卫，{len(missed)} 个去掉后没有测试变红。")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
