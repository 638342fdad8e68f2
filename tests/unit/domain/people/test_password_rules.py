"""Which passwords are refused, and which countries there are."""

import pytest

from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.countries import COUNTRIES, check_country
from vivavoce.domain.people.password_rules import check_password

OWN = ("zed@example.org", "Zed Zulu")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "10 to 200"),
        ("x" * 201, "10 to 200"),
        ("aaaaaaaaaaab", "5 different"),
        ("1234567890", "first that are tried"),
        ("9876543210", "first that are tried"),
        ("qwertyuiop", "first that are tried"),
        ("1q2w3e4r5t", "first that are tried"),
        ("passwordpassword", "first that are tried"),
        ("Password123!", "first that are tried"),
        ("Summer2026!", "first that are tried"),
        ("zed@example.org", "your own"),
        ("Zed Zulu 77", "your own"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        check_password(password, OWN)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "zed walks four dogs at noon", "hG7$kk2-pQz1", "my dragon eats summer squash"]
)
def test_a_password_of_one_s_own_making_is_taken(password: str) -> None:
    check_password(password, OWN)


def test_a_country_is_one_of_iso_3166() -> None:
    check_country("")
    check_country("AT")
    assert len(COUNTRIES) == 249
    for code, hint in (("ZZ", "such as AT"), ("UK", "did you mean GB")):
        with pytest.raises(Invalid, match=hint):
            check_country(code)
