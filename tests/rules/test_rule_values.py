"""Values go to JSON and come back."""

import json
from pathlib import Path

import pytest

from partyday_tui.rules.policy import read_preset
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_values import plain

FILES = sorted((Path(__file__).parents[2] / "assets" / "policies").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_of_a_preset_survives_json(path: Path) -> None:
    for rule in read_preset(path.read_text(encoding="utf-8"), path.name).rules:
        assert KEYS[rule.key].kind.check(json.loads(json.dumps(plain(rule.value)))) == rule.value
