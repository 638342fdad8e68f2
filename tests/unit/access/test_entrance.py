"""The plain page people come in by."""

from tests.unit.access.conftest import Place


async def test_the_page_and_its_parts_are_served_to_anybody_under_a_strict_policy(place: Place) -> None:
    async with place.client() as client:
        for path, kind in (
            ("/sign-in", "text/html"),
            ("/sign-in/entrance.js", "text/javascript"),
            ("/sign-in/entrance.css", "text/css"),
        ):
            answer = await client.get(path)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(kind)
            assert "default-src 'self'" in answer.headers["content-security-policy"]
        page = (await client.get("/sign-in")).text
    assert "<script>" not in page  # the policy allows none
    assert 'onclick="' not in page


async def test_nothing_else_of_the_folder_is_served(place: Place) -> None:
    async with place.client() as client:
        for name in ("__init__.py", "entrance.html", "..%2Faccess.py", "nothing.js"):
            assert (await client.get(f"/sign-in/{name}")).status_code in (404, 503), name


async def test_a_signed_link_that_is_clicked_leads_to_the_page_that_says_why_not(place: Place) -> None:
    async with place.client() as client:
        answer = await client.get("/sign-in/link?token=nonsense&to=//evil.example")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?error=link_invalid")
