"""Hundreds of sessions with scripted people, failing models and killed nodes; the rules of every log must hold."""

import pytest

from vivavoce.simulator.node import FORMATS
from vivavoce.simulator.simulate import simulate
from vivavoce.simulator.virtual_time import run_virtually

SEEDS, SESSIONS = 8, 50


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_failure_and_no_kill_breaks_a_log(seed: int) -> None:
    findings = run_virtually(lambda: simulate(SESSIONS, seed))
    assert dict(findings.broken) == {}
    assert findings.sessions == SESSIONS
    assert findings.kills > 0
    assert {"wrapped_up", "ended_by_host", "everyone_left"} <= findings.ends.keys()
    assert findings.formats.keys() == FORMATS.keys()
