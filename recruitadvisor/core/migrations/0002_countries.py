"""Fill the table of countries."""

from django.db import migrations
from django.conf import settings

from recruitadvisor.core import countries


def add_countries(apps, schema_editor):
    Country = apps.get_model("core", "Country")
    languages = settings.MODELTRANSLATION_LANGUAGES
    for code in countries.every_code():
        facts = countries.facts(code, languages)
        names = {f"name_{language.replace('-', '_')}": facts.names[language] for language in languages}
        Country.objects.using(schema_editor.connection.alias).update_or_create(
            code=code,
            defaults={
                "name": facts.names["en"],
                **names,
                "currency": facts.currency,
                "calling_code": facts.calling_code,
                "is_origin": code in countries.ORIGINS,
                "is_destination": code in countries.DESTINATIONS,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_countries, migrations.RunPython.noop)]
