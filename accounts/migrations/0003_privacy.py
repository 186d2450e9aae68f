from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_outgoing_mail_and_limits")]

    operations = []
