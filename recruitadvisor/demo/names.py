"""Names of the demonstration's agencies: put together from plain words, none of a real firm."""

import random
from typing import NamedTuple


class DemoName(NamedTuple):
    """One invented agency name with its native form, where the country writes one."""

    text: str
    native: str = ""
    former: str = ""


class Pool(NamedTuple):
    """The words one country's names are made of: first, second, legal ending; native by word."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    endings: tuple[str, ...]
    native: dict[str, str]


POOLS = {
    "np": Pool(
        first=(
            "Nilgagan",
            "Sunkalash",
            "Pahadghar",
            "Chautari",
            "Lekhali",
            "Deurali Path",
            "Setogham",
            "Madhurbela",
            "Juneli Raat",
            "Harikali",
            "Phulbari Path",
            "Batuwa",
        ),
        second=("Overseas", "Manpower", "Human Resources", "Employment", "International", "Sewa"),
        endings=("Pvt Ltd", "(P) Ltd", "Pvt. Ltd."),
        native={
            "Nilgagan": "नीलगगन",
            "Sunkalash": "सुनकलश",
            "Pahadghar": "पहाडघर",
            "Chautari": "चौतारी",
            "Lekhali": "लेखाली",
            "Deurali Path": "देउराली पथ",
            "Setogham": "सेतोघाम",
            "Madhurbela": "मधुरबेला",
            "Juneli Raat": "जुनेली रात",
            "Harikali": "हरिकली",
            "Phulbari Path": "फूलबारी पथ",
            "Batuwa": "बटुवा",
            "Overseas": "ओभरसिज",
            "Manpower": "म्यानपावर",
            "Human Resources": "मानव स्रोत",
            "Employment": "रोजगार",
            "International": "इन्टरनेसनल",
            "Sewa": "सेवा",
            "Pvt Ltd": "प्रा. लि.",
            "(P) Ltd": "प्रा. लि.",
            "Pvt. Ltd.": "प्रा. लि.",
        },
    ),
    "ph": Pool(
        first=(
            "Bughaw Layag",
            "Tala at Buwan",
            "Ginintuang Alon",
            "Hangin Silangan",
            "Puno ng Narra",
            "Bahay Sinag",
            "Tulay Ilog",
            "Landas Bukid",
            "Sampung Parola",
            "Agos Bagyo",
        ),
        second=("Manpower Services", "Placement", "Overseas Placement", "Manning", "Recruitment"),
        endings=("Inc.", "Corp.", "Inc"),
        native={},
    ),
    "id": Pool(
        first=(
            "Sinar Lontar Jauh",
            "Kapal Daun Biru",
            "Jejak Embun Utara",
            "Ranting Cempaka Lima",
            "Lentera Sawah Timur",
            "Gema Pelangi Tujuh",
            "Bintang Nipah",
            "Arus Kelapa Putih",
            "Titian Hujan Pagi",
            "Rumah Angin Selatan",
        ),
        second=("Tenaga", "Mandiri Kerja", "Karya Migran", "Sejahtera Kerja"),
        endings=("",),
        native={},
    ),
    "ke": Pool(
        first=(
            "Mwangaza Mbali",
            "Nyota Saba",
            "Bahari Tulivu",
            "Njia Panda Mpya",
            "Mlima Wingu",
            "Jua Kesho",
            "Daraja Refu",
            "Upepo Mwanana",
            "Mti Mkuyu",
            "Shamba Kijani",
        ),
        second=("Agency", "Manpower", "Recruitment", "Placement Agency"),
        endings=("Limited", "Ltd"),
        native={},
    ),
    "sa": Pool(
        first=(
            "Najmat Al Fajr Al Azraq",
            "Wadi Al Yasmin",
            "Safinat Al Reeh",
            "Jisr Al Nakheel",
            "Bait Al Sadaf",
            "Qamar Al Sahil",
            "Ghaymat Al Rabee",
            "Miftah Al Sabah",
        ),
        second=("Recruitment Office", "Manpower", "Recruitment Company"),
        endings=("Est", ""),
        native={
            "Najmat Al Fajr Al Azraq": "نجمة الفجر الأزرق",
            "Wadi Al Yasmin": "وادي الياسمين",
            "Safinat Al Reeh": "سفينة الريح",
            "Jisr Al Nakheel": "جسر النخيل",
            "Bait Al Sadaf": "بيت الصدف",
            "Qamar Al Sahil": "قمر الساحل",
            "Ghaymat Al Rabee": "غيمة الربيع",
            "Miftah Al Sabah": "مفتاح الصباح",
            "Recruitment Office": "مكتب استقدام",
            "Manpower": "للقوى العاملة",
            "Recruitment Company": "شركة استقدام",
            "Est": "مؤسسة",
            "": "",
        },
    ),
    "hk": Pool(
        first=(
            "Paper Lantern Hill",
            "Nine Umbrellas",
            "Quiet Ferry",
            "Red Teapot",
            "Bamboo Kite",
            "Second Harbour Light",
            "Jade Ladder",
            "White Sparrow",
        ),
        second=("Employment Agency", "Employment Services", "Helpers Centre"),
        endings=("Ltd", "Limited", ""),
        native={
            "Paper Lantern Hill": "紙燈山",
            "Nine Umbrellas": "九傘",
            "Quiet Ferry": "靜渡",
            "Red Teapot": "紅茶壺",
            "Bamboo Kite": "竹鳶",
            "Second Harbour Light": "二港燈",
            "Jade Ladder": "玉梯",
            "White Sparrow": "白雀",
            "Employment Agency": "僱傭公司",
            "Employment Services": "僱傭服務",
            "Helpers Centre": "家傭中心",
            "Ltd": "有限公司",
            "Limited": "有限公司",
            "": "",
        },
    ),
}
_ORDINALS = ("", "New", "Second", "Upper", "Old Road", "Riverside", "Hilltop")


def invent(country: str, count: int, rng: random.Random) -> list[DemoName]:
    """Return ``count`` different names for one country; one in twelve with a former name."""
    pool = POOLS[country]
    plain = [
        (ordinal, first, second)
        for ordinal in _ORDINALS
        for first in pool.first
        for second in pool.second
    ]
    names = []
    for place, (ordinal, first, second) in enumerate(_some_of_each(plain, count, rng)):
        ending = rng.choice(pool.endings)
        words = [ordinal, first, second, ending]
        if country == "id":
            words = ["PT", first, second, ordinal and f"{ordinal} Jaya"]
        native = " ".join(
            part for part in (pool.native.get(word, "") for word in (first, second, ending)) if part
        )
        if ordinal:
            native = ""  # the list of a real authority often lacks the native name too
        former = f"{first} {ending} Trading".replace("  ", " ") if place % 12 == 5 else ""
        names.append(DemoName(" ".join(word for word in words if word), native, former))
    return names


def _some_of_each(
    plain: list[tuple[str, str, str]], count: int, rng: random.Random
) -> list[tuple[str, str, str]]:
    """Return names without an ordinal first, in a shuffled but repeatable order."""
    bare = [name for name in plain if not name[0]]
    rest = [name for name in plain if name[0]]
    rng.shuffle(bare)
    rng.shuffle(rest)
    chosen = (bare + rest)[:count]
    if len(chosen) < count:
        message = f"the words give {len(chosen)} names, {count} are wanted"
        raise ValueError(message)
    return chosen
