import re

from prometheus_client.parser import text_string_to_metric_families

from vivavoce.base import metrics


def families() -> dict[str, str]:
    text = metrics.exposition().decode()
    return {family.name: family.documentation for family in text_string_to_metric_families(text)}


def test_the_exposition_names_every_metric_with_its_meaning() -> None:
    told = families()
    assert "vivavoce_reply_hop_seconds" in told
    assert all(name.startswith("vivavoce_") and text for name, text in told.items())


def test_counts_end_in_total_and_times_are_in_seconds() -> None:
    metrics.turns.labels(source="voice").inc()
    text = metrics.exposition().decode()
    assert re.search(r'^vivavoce_turns_total\{source="voice"\} [1-9]', text, re.MULTILINE)
    assert not re.search(r"_(ms|millis|minutes)\b", text)


def test_the_content_type_is_prometheus_text() -> None:
    assert metrics.CONTENT_TYPE.startswith("text/plain")
