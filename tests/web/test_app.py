"""What the application does before and around every view."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from starlette.types import Message, Scope

from web.deps import safe_path
from web.jinja import static
from web.security import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.anyio


async def test_every_answer_carries_the_security_headers(client: AsyncClient) -> None:
    for path in ("/styleguide", "/nothing", static("app.css"), "/fail/500"):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["referrer-policy"] == "same-origin"


async def test_who_hangs_up_while_sending_is_no_fault_of_the_service(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    half = {"type": "http.request", "body": b"locale=", "more_body": True}
    came: list[Message] = [half, {"type": "http.disconnect"}]
    went: list[Message] = []
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "server": ("roster.test", 80),
        "path": "/read-all",
        "query_string": b"",
        "headers": [],
    }

    async def receive() -> Message:
        return came.pop(0)

    async def send(message: Message) -> None:
        went.append(message)

    await app(scope, receive, send)
    assert went[0]["status"] == 499
    assert "failed" not in caplog.text


async def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


async def test_pages_are_never_stored_and_static_files_are_kept(client: AsyncClient) -> None:
    assert (await client.get("/styleguide")).headers["cache-control"] == "no-store"
    fresh = await client.get(static("app.css"))
    assert fresh.status_code == 200
    assert "immutable" in fresh.headers["cache-control"]
    stale = await client.get("/static/0123456789ab/app.css")
    assert stale.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="another-subdomain"),
        pytest.param({"Origin": "https://evil.example"}, id="foreign-origin"),
        pytest.param({"Origin": "null"}, id="hidden-origin"),
        pytest.param({"Origin": ""}, id="empty-origin"),
        pytest.param({"Origin": "http://roster.test.evil.example"}, id="prefix"),
    ],
)
async def test_a_post_from_another_site_is_refused(
    client: AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.post("/preferences", data={"locale": "fr"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "another site" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="same-origin"),
        pytest.param({"Origin": "http://roster.test"}, id="own-origin"),
        pytest.param({}, id="no-browser"),
    ],
)
async def test_a_post_from_this_site_is_served(
    client: AsyncClient, headers: dict[str, str]
) -> None:
    form = {"locale": "fr", "theme": "dark", "next": "/styleguide"}
    answer = await client.post("/preferences", data=form, headers=headers)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/styleguide"
    page = await client.get("/styleguide")
    cookies = {"locale": "fr", "theme": "dark"}
    page = await client.get("/styleguide", cookies=cookies) if not client.cookies else page
    assert all("httponly" in line.lower() for line in answer.headers.get_list("set-cookie"))


async def test_preferences_take_no_other_value(client: AsyncClient) -> None:
    answer = await client.post(
        "/preferences", data={"locale": "xx", "theme": "<b>", "next": "//evil.example"}
    )
    assert "set-cookie" not in answer.headers
    assert answer.headers["location"] == "/"


async def test_the_language_is_the_one_that_the_browser_asks_for(client: AsyncClient) -> None:
    answer = await client.get("/styleguide", headers={"Accept-Language": "de, pt;q=0.8, fr;q=0.9"})
    assert answer.headers["content-language"] == "fr"
    assert '<html lang="fr"' in answer.text


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("403", "This list belongs to another country."),
        ("404", "No such request."),
        ("413", "25 MB is the most"),
        ("422", "languages, 0: No such level."),
    ],
)
async def test_an_error_is_a_page_with_its_words_and_status(
    client: AsyncClient, how: str, words: str
) -> None:
    answer = await client.get(f"/fail/{how}")
    assert answer.status_code == int(how)
    assert words in answer.text
    assert answer.headers["content-type"].startswith("text/html")


async def test_who_is_not_signed_in_is_led_there_and_back(client: AsyncClient) -> None:
    answer = await client.get("/fail/401?page=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=/fail/401%3Fpage%3D2"
    assert (await client.post("/fail/401")).status_code == 401


async def test_a_bug_tells_nobody_its_insides(client: AsyncClient) -> None:
    answer = await client.get("/fail/500")
    assert answer.status_code == 500
    assert "Jane Doe" not in answer.text
    assert "Something here is broken" in answer.text


async def test_an_unknown_address_and_a_malformed_one_are_pages(client: AsyncClient) -> None:
    assert (await client.get("/nothing")).status_code == 404
    assert (await client.get("/number?page=x")).status_code == 422
    assert (await client.delete("/styleguide")).status_code == 405


async def test_a_body_beyond_the_limit_is_refused_with_a_page(client: AsyncClient) -> None:
    answer = await client.post("/preferences", data={"next": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "Send fewer files" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "",
        "/a\r\nSet-Cookie: b",
        "javascript:1",
        "/a\\b",
    ],
)
async def test_nobody_is_led_to_another_site(path: str) -> None:
    assert safe_path(path) == "/"
    assert safe_path("/requests?page=2") == "/requests?page=2"
