"""Objects of the core for tests; countries are those the migrations brought."""

import factory

from recruitadvisor.core.models import Country


class CountryFactory(factory.django.DjangoModelFactory):
    """Nepal unless another code is stated; a country that exists is taken as it is."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "np"
    name = "Nepal"
