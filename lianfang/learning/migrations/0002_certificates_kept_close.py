from django.db import migrations


def close(apps, schema_editor):
    documents = apps.get_model('files', 'OutgoingDocument')
    documents.objects.filter(about__startswith='learning.certificate:').update(kept_close=True)


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0003_documents_kept_close'),
        ('learning', '0001_learning'),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
