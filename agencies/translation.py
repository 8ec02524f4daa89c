"""Which reference tables of agencies carry their words in every language."""

from modeltranslation.translator import TranslationOptions, register

from agencies.models import Authority


@register(Authority)
class AuthorityTranslation(TranslationOptions):
    """Authorities are named in every language; English where a translation is missing."""

    fields = ("name",)
