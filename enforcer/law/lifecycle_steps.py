"""The steps of the ordinary course in their order: who, when, on what, by which article."""

from __future__ import annotations

from enforcer.law.lifecycle_step import Step
from enforcer.law.lifecycle_steps_after import AFTERWARDS
from enforcer.law.lifecycle_steps_review import DECIDING
from enforcer.law.lifecycle_steps_start import STARTING

STEPS: tuple[Step, ...] = (*STARTING, *DECIDING, *AFTERWARDS)
