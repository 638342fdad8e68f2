"""E-mail addresses as they are kept."""

import pytest

from vivavoce.domain.people.account import normal_email


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ana@Example.ORG", "ana@example.org"),
        ("  ana+coach@example.org ", "ana+coach@example.org"),
        ("ana", None),
        ("@example.org", None),
        ("ana@", None),
        ("a b@example.org", None),
        ("ana@x@example.org", None),
        ("ana\n@example.org", None),
        (f"{'a' * 250}@example.org", None),
    ],
)
def test_an_address_is_kept_in_one_form(given: str, kept: str | None) -> None:
    assert normal_email(given) == kept
