from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("talks", "0003_draft")]

    operations = []
