"""A page elsewhere can have a cookie sent, but changes nothing with it."""

from tests.unit.access.conftest import Place


async def test_a_change_known_by_its_cookie_needs_the_csrf_token(place: Place) -> None:
    async with await place.signed_in() as client:
        token = client.headers.pop("X-CSRF-Token")
        for given in ({}, {"X-CSRF-Token": "x" * 43}, {"X-CSRF-Token": client.cookies["vivavoce"]}):
            answer = await client.post("/api/sessions", json={"format": "coaching"}, headers=given)
            assert (answer.status_code, answer.json()["code"]) == (403, "csrf_token_missing")
        right = {"X-CSRF-Token": token}
        assert (await client.post("/api/sessions", json={"format": "coaching"}, headers=right)).status_code == 201


async def test_me_tells_the_csrf_token(place: Place) -> None:
    async with await place.signed_in() as client:
        assert (await client.get("/api/me")).json()["csrf_token"] == client.headers["X-CSRF-Token"]


async def test_the_token_of_one_sign_in_is_no_use_with_another(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ben@one.example") as ben:
        ana.headers["X-CSRF-Token"] = ben.headers["X-CSRF-Token"]
        assert (await ana.post("/api/sessions", json={"format": "coaching"})).status_code == 403


async def test_looking_needs_no_csrf_token(place: Place) -> None:
    async with await place.signed_in() as client:
        del client.headers["X-CSRF-Token"]
        assert (await client.get("/api/sessions")).status_code == 200


async def test_a_page_of_another_origin_is_refused_even_with_the_token(place: Place) -> None:
    async with await place.signed_in() as client:
        answer = await client.post(
            "/api/sessions", json={"format": "coaching"}, headers={"Origin": "https://evil.example"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_a_key_needs_no_csrf_token(place: Place) -> None:
    async with await place.signed_in() as client:
        key = (await client.post("/api/keys", json={"name": "CI"})).json()["key"]
    async with place.client(headers={"Authorization": f"Bearer {key}"}) as program:
        assert (await program.post("/api/sessions", json={"format": "coaching"})).status_code == 201
