"""The demonstration's licence lists: three releases for each country, as files an officer has."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from recruitadvisor.demo.names import DemoName, invent


class Words(NamedTuple):
    """How one invented authority writes what it means."""

    valid: str
    suspended: str
    cancelled: str
    expired: str
    paperwork: str


class DemoCountry(NamedTuple):
    """What the demonstration holds for one country."""

    code: str
    size: int  # agencies
    words: Words | None  # None: presence on the list is the status
    number: str  # pattern of a licence number, empty where the list has none
    cities: tuple[str, ...]
    phone: str


COUNTRIES = (
    DemoCountry(
        "np", 110, Words("Renewed", "Suspended", "खारेज", "Not renewed", "Renewal pending"),
        "{n}/0{y}/0{z}", ("Kathmandu", "Lalitpur", "Pokhara", "Biratnagar", "Butwal"),
        "+977 1 000 {n:04}",
    ),
    DemoCountry(
        "ph", 90,
        Words(
            "Valid License", "Suspended", "Cancelled", "Expired",
            "Suspended (Document Processing)",
        ),
        "", ("Manila", "Cebu City", "Davao City", "Iloilo City"), "+63 2 0000 {n:04}",
    ),
    DemoCountry(
        "id", 70,
        Words(
            "aktif", "penghentian sementara seluruh kegiatan", "SIP3MI dicabut",
            "habis masa berlaku", "proses perpanjangan",
        ),
        "SIP3MI-{n:04}", ("Jakarta", "Surabaya", "Semarang", "Mataram"), "+62 21 0000 {n:04}",
    ),
    DemoCountry(
        "ke", 60, Words("Active", "Suspended", "Revoked", "Expired", "Under renewal"),
        "RA/2025/{n:03}", ("Nairobi", "Mombasa", "Kisumu", "Nakuru"), "+254 20 000 {n:04}",
    ),
    DemoCountry(
        "sa", 40, Words("Licensed", "Stopped", "Cancelled", "Ended", "Under update"),
        "SA-{n:05}", ("Riyadh", "Jeddah", "Dammam"), "+966 11 000 {n:04}",
    ),
    DemoCountry(
        "hk", 30, None, "", ("Wan Chai", "Yau Tsim Mong", "Sha Tin", "Kwun Tong"),
        "+852 0000 {n:04}",
    ),
)  # fmt: skip
HEADINGS = (
    "Name", "Native name", "Licence number", "Status", "Issued", "Valid until", "City", "Address",
    "Telephone", "E-mail",
)  # fmt: skip
RELEASE_AGES = (240, 120, 10)  # days before today


@dataclass(frozen=True)
class ListedAgency:
    """One row of an invented list."""

    name: DemoName
    number: str
    status: str
    issued_on: date
    expires_on: date
    city: str
    address: str
    phone: str
    email: str

    def cells(self) -> dict[str, str]:
        """Return the row as it stands in the file."""
        former = f" (FORMERLY {self.name.former})" if self.name.former else ""
        return {
            "Name": self.name.text + former,
            "Native name": self.name.native,
            "Licence number": self.number,
            "Status": self.status,
            "Issued": self.issued_on.isoformat(),
            "Valid until": self.expires_on.isoformat(),
            "City": self.city,
            "Address": self.address,
            "Telephone": self.phone,
            "E-mail": self.email,
        }


@dataclass(frozen=True)
class Release:
    """One release of one country's list: its day and rows."""

    country: DemoCountry
    source_date: date
    rows: tuple[ListedAgency, ...] = field(default=())

    @property
    def source(self) -> str:
        """Return the code of the source that reads it."""
        return f"demo_{self.country.code}"

    def write(self, folder: Path) -> Path:
        """Write the release as a CSV file and return its path."""
        path = folder / f"{self.source}-{self.source_date}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, HEADINGS)
            writer.writeheader()
            writer.writerows(row.cells() for row in self.rows)
        return path


def releases(*, today: date, rng: random.Random) -> Iterator[Release]:
    """Yield three releases for each country, oldest first; no step is large enough to be held."""
    for country in COUNTRIES:
        rows = [
            _new_row(country, name, place, today, rng)
            for place, name in enumerate(invent(country.code, country.size + 4, rng))
        ]
        listed, waiting = rows[: country.size], rows[country.size :]
        for step, age in enumerate(RELEASE_AGES):
            if step:
                listed = _next_release(country, listed, step, today)
                listed += waiting[step - 1 : step + 1]
            yield Release(country, today - timedelta(days=age), tuple(listed))


def _new_row(
    country: DemoCountry, name: DemoName, place: int, today: date, rng: random.Random
) -> ListedAgency:
    """Return a row of the first release: three in four are licensed."""
    number = place * 7 + 3
    issued_on = today - timedelta(days=rng.randrange(260, 900))
    expires_on = today + timedelta(days=rng.randrange(75, 700))
    status = ""
    if country.words:
        kind = place % 16
        status = country.words.valid
        if kind in {4, 9}:
            status, expires_on = country.words.cancelled, issued_on + timedelta(days=200)
        elif kind == 6:
            status, expires_on = country.words.expired, today - timedelta(days=300)
        elif kind == 11:
            status = country.words.suspended
        elif kind == 13:
            status = country.words.paperwork
        elif kind == 14:
            expires_on = today + timedelta(days=rng.randrange(5, 55))  # shown as ending soon
        elif place == 15:
            expires_on = today - timedelta(days=20)  # listed as valid, but its end has passed
        elif place == 50:
            status = "pending file"  # a word nobody has mapped
    slug = "".join(char for char in name.text.lower() if char.isalnum())
    return ListedAgency(
        name=name,
        number=country.number.format(n=number, y=60 + place % 20, z=61 + place % 20),
        status=status,
        issued_on=issued_on,
        expires_on=expires_on,
        city=country.cities[place % len(country.cities)],
        address=f"{number} Example Street, {country.cities[place % len(country.cities)]}",
        phone=country.phone.format(n=number),
        email=f"office@{slug}.example",
    )


def _next_release(
    country: DemoCountry, rows: list[ListedAgency], step: int, today: date
) -> list[ListedAgency]:
    """Return the rows four months later: one gone, one worse, one better, some renewed."""
    gone = 2 if step == 1 else 7
    worse = 3 if step == 1 else 8
    better = 11 if step == 1 else 13
    later = []
    for place, row in enumerate(rows):
        if place == gone:
            continue
        changed = row
        if country.words and place == worse:
            changed = replace(row, status=country.words.suspended)
        elif country.words and place == better:
            changed = replace(row, status=country.words.valid)
        elif place % 20 == step:
            changed = replace(row, expires_on=today + timedelta(days=720 + place))
        later.append(changed)
    return later
