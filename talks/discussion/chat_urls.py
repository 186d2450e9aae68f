from django.urls import URLPattern, path

from talks.discussion.views.chat import chat_desk

app_name = "discussion"
urlpatterns: list[URLPattern] = [path("<slug:event>/console/chat", chat_desk, name="chat_desk")]
