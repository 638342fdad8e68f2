"""HTTP tools: what is sent for a call, and where a connection may go."""

import pytest

from vivavoce.base.addresses import is_public
from vivavoce.engine.ports import ToolFailed
from vivavoce.providers.tools.file import HttpTool
from vivavoce.providers.tools.http import Request, request_of

PARAMETERS: dict[str, object] = {"properties": {"city": {}, "days": {}}, "required": ["city"]}


def tool(url: str = "https://api.example.org/v1/{city}", method: str = "GET") -> HttpTool:
    return HttpTool.model_validate(
        {"name": "weather", "description": "Weather.", "url": url, "method": method, "parameters": PARAMETERS}
    )


def test_what_the_address_names_is_escaped_and_the_rest_is_the_query() -> None:
    request = request_of(tool(), {"city": "a/b?c#d", "days": 2, "fine": True})
    assert request == Request("GET", "https://api.example.org/v1/a%2Fb%3Fc%23d?days=2&fine=true")


def test_a_query_in_the_address_stays() -> None:
    request = request_of(tool("https://api.example.org/v1?q={city}&key=1"), {"city": "a&b", "days": 2})
    assert request.url == "https://api.example.org/v1?q=a%26b&key=1&days=2"


def test_the_rest_is_the_body_of_a_post() -> None:
    request = request_of(tool(method="POST"), {"city": "Oslo", "days": [1, 2]})
    assert request == Request("POST", "https://api.example.org/v1/Oslo", '{"days": [1, 2]}')


@pytest.mark.parametrize("city", ["", ".", ".."])
def test_a_parameter_cannot_lead_to_another_path(city: str) -> None:
    with pytest.raises(ToolFailed, match="leads elsewhere"):
        request_of(tool(), {"city": city})


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(ToolFailed, match="these parameters are missing: city"):
        request_of(tool(), {"days": 2})


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_count_as_public(address: str, public: bool) -> None:
    assert is_public(address) is public
