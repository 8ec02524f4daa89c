"""Short invented stories of the demonstration, by language and by how it went."""

from typing import NamedTuple


class Story(NamedTuple):
    """One invented text with the language it is written in."""

    language: str
    text: str


GOOD = (
    Story("en", "They explained the contract line by line and gave me a copy to keep."),
    Story("en", "I paid nothing. The employer paid the ticket and the visa."),
    Story("en", "The job was what they said. They called me after one month to ask how I was."),
    Story("en", "I got a receipt for the medical test. Nothing else was asked."),
    Story("ne", "उनीहरूले करार बुझाए र एक प्रति दिए। काम भनेजस्तै थियो।"),
    Story("ne", "टिकट र भिसाको पैसा कम्पनीले तिर्‍यो। मैले केही तिर्नु परेन।"),
    Story("ar", "شرحوا لي العقد وأعطوني نسخة منه. كان العمل كما قالوا."),
    Story("id", "Semua biaya ditanggung majikan. Kontrak dijelaskan dengan baik."),
    Story("fil", "Malinaw ang kontrata at walang siningil sa akin."),
    Story("", ""),
)
MIXED = (
    Story("en", "The job is right but the pay is a little less than on the paper."),
    Story("en", "They were polite. The wait was five months, not two as they said."),
    Story("en", "The training was useful. The room there was too full."),
    Story("ne", "काम ठीक छ, तर तलब कागजमा लेखेभन्दा अलि कम छ।"),
    Story("ar", "العمل جيد لكن الراتب أقل قليلا مما وعدوا."),
    Story("id", "Pekerjaan sesuai, tetapi lembur tidak dibayar penuh."),
    Story("", ""),
)
BAD = (
    Story("en", "They asked for more money at the airport. No receipt for most of it."),
    Story("en", "The contract on arrival was a different one, with less pay."),
    Story("en", "I was promised work in a shop. It was cleaning, twelve hours a day."),
    Story("en", "When I had a problem they did not answer my calls any more."),
    Story("ne", "विमानस्थलमा थप पैसा मागे। धेरैजसोको रसिद दिएनन्।"),
    Story("ne", "त्यहाँ पुगेपछि अर्कै करारमा सही गर्न लगाए।"),
    Story("ar", "طلبوا مالا إضافيا قبل السفر ولم يعطوني إيصالا."),
    Story("id", "Saya membayar banyak dan tidak mendapat kuitansi."),
    Story("fil", "Iba ang trabaho pagdating ko roon. Mas mababa ang sahod."),
    Story("", ""),
)
WITH_A_PHONE_NUMBER = Story("en", "Call me on 9800 000 000 and I will tell you more about them.")
