from django.urls import path

from portal.icp import views

urlpatterns = [path("", views.certificadoras, name="certificadoras")]
