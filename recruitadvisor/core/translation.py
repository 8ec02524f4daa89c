"""Which reference tables carry their words in every language."""

from modeltranslation.translator import TranslationOptions, register

from recruitadvisor.core.models import Country, HelpContact


@register(Country)
class CountryTranslation(TranslationOptions):
    """Countries are named in every language."""

    fields = ("name",)


@register(HelpContact)
class HelpContactTranslation(TranslationOptions):
    """What a caller reads before calling."""

    fields = ("name", "hours", "spoken")
