from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("discussion", "0001_questions"),
    ]

    operations = []
