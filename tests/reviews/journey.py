"""A worker with a browser that has no script: reads the form of a page and sends it."""

import re
from html import unescape
from typing import Any

from django.test import Client

STEPS = "/en/review/steps/"
RECEIPT = "/en/review/receipt/"
QUICK = (
    {"value": "2024", "quarter": "2"},
    {"value": "sa"},
    {"value": "2"},
    {"value": "yes"},
    {"amount": "1,20,000", "currency": "NPR"},
    {"value": "yes"},
    {"value": "no"},
    {"value": "much_less"},
    {"value": "2"},
)


def hidden(page: str, name: str) -> str:
    """Return a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


def text_of(response: Any) -> str:
    """Return the page."""
    return response.content.decode()


def begin(client: Client, agency_id: int, told_by: str = "self") -> str:
    """Press one of the four start buttons; return the first screen."""
    return text_of(client.post(STEPS, {"agency": agency_id, "told_by": told_by}))


def answer(client: Client, page: str, *, do: str = "next", **fields: str) -> str:
    """Send one screen; return the next."""
    return text_of(client.post(STEPS, {"state": hidden(page, "state"), "do": do, **fields}))


def to_the_end(client: Client, agency_id: int) -> str:
    """Answer the nine screens of somebody who paid; return the last page."""
    page = begin(client, agency_id)
    for fields in QUICK:
        page = answer(client, page, **fields)
    return page


def send(client: Client, page: str, **fields: str) -> Any:
    """Press "Send my answers"."""
    state = hidden(page, "state")
    return client.post(RECEIPT, {"state": state, "do": "send", "publish": "on", **fields})


def code_in(page: str) -> str:
    """Return the number on a receipt page, in Western digits."""
    block = page.split('id="code"')[1].split("</p>", maxsplit=1)[0]
    return "".join(re.findall(r"<span>(\d{4})</span>", block))
