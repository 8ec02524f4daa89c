"""Addresses of the public agency pages, below the language."""

from django.urls import path

from agencies import views

app_name = "agencies"

urlpatterns = [
    path("", views.home, name="home"),
    path("agencies/", views.search, name="search"),
    path("agencies/<int:pk>-<slug:slug>/", views.agency, name="agency"),
    path("agencies/<int:pk>/", views.agency_by_number, name="agency_by_number"),
    path("method/", views.method, name="method"),
]
