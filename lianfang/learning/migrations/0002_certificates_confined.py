from django.db import migrations


def close(apps, schema_editor):
    documents = apps.get_model('files', 'OutgoingDocument')
    documents.objects.filter(about__startswith='learning.certificate:').update(is_confined=True)


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0003_confined_documents'),
        ('learning', '0001_learning'),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
