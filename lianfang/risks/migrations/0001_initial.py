import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
        ('powers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RiskPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('code', models.CharField(max_length=60, verbose_name='风险点编号')),
                ('title', models.CharField(max_length=200, verbose_name='风险点')),
                ('aspects', models.JSONField(default=list, verbose_name='风险方面')),
                ('focus', models.CharField(blank=True, max_length=40, verbose_name='重点领域')),
                ('found_on', models.DateField(blank=True, null=True, verbose_name='查找日期')),
                ('scores', models.JSONField(default=list)),
                ('residual_scores', models.JSONField(default=list)),
                ('scheme_version', models.CharField(blank=True, max_length=20)),
                ('computed', models.CharField(blank=True, max_length=20, verbose_name='计算等级')),
                ('residual', models.CharField(blank=True, max_length=20, verbose_name='剩余等级')),
                ('proposed', models.CharField(blank=True, max_length=20, verbose_name='提出等级')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='不一致的理由')),
                ('proposed_at', models.DateTimeField(blank=True, null=True, verbose_name='提出于')),
                ('endorsed', models.CharField(blank=True, max_length=20, verbose_name='审核等级')),
                ('endorsed_reason', models.CharField(blank=True, max_length=500, verbose_name='审核理由')),
                ('endorsed_at', models.DateTimeField(blank=True, null=True, verbose_name='审核于')),
                ('confirmed', models.CharField(blank=True, max_length=20, verbose_name='确认等级')),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('extras', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(verbose_name='登记于')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('endorsed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
                ('found_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks_found', to='org.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
                ('power', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='powers.power')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='powers.regulation')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='powers.step')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='org.unit')),
            ],
            options={
                'verbose_name': '廉政风险点',
                'indexes': [models.Index(fields=['organisation', '-rank', 'code'], name='risks_risk_by_level'), models.Index(fields=['organisation', 'code'], name='risks_risk_by_code'), models.Index(fields=['unit', '-rank', 'code'], name='risks_risk_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='risks_risk_code_once'), models.CheckConstraint(condition=models.Q(('step', None), ('power__isnull', False), _connector='OR'), name='risks_step_with_its_power'), models.CheckConstraint(condition=models.Q(models.Q(('post', None), ('power', None)), models.Q(('power', None), ('regulation', None)), models.Q(('post', None), ('regulation', None)), _connector='OR'), name='risks_risk_hangs_on_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='RiskPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
                ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carriers', to='risks.riskpoint')),
            ],
            options={
                'verbose_name': '承担岗位',
                'constraints': [models.UniqueConstraint(fields=('risk', 'post'), name='risks_post_once_per_risk')],
            },
        ),
        migrations.AddField(
            model_name='riskpoint',
            name='posts',
            field=models.ManyToManyField(related_name='risks', through='risks.RiskPost', to='org.post'),
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='视图名称')),
                ('query', models.CharField(max_length=1000)),
                ('created_at', models.DateTimeField(verbose_name='保存于')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '视图',
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='risks_view_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('answers', models.JSONField(default=dict)),
                ('found', models.PositiveSmallIntegerField(default=0, verbose_name='查找数')),
                ('statement', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('taken_at', models.DateTimeField(verbose_name='参与于')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='org.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
            ],
            options={
                'verbose_name': '风险查找',
                'constraints': [models.UniqueConstraint(fields=('person', 'post', 'year'), name='risks_participation_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='措施编号')),
                ('order', models.PositiveSmallIntegerField()),
                ('phase', models.CharField(blank=True, max_length=20, verbose_name='阶段')),
                ('text', models.CharField(max_length=2000, verbose_name='措施')),
                ('responsible', models.CharField(blank=True, max_length=200, verbose_name='责任人（原文）')),
                ('frequency', models.CharField(blank=True, max_length=100, verbose_name='频次')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='完成日期')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='凭证')),
                ('method', models.CharField(blank=True, max_length=500, verbose_name='方法')),
                ('indicator', models.CharField(blank=True, max_length=300, verbose_name='指标')),
                ('asks_rule', models.BooleanField(default=False, verbose_name='要求建章立制')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='org.post')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='powers.regulation')),
                ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='risks.riskpoint')),
            ],
            options={
                'verbose_name': '防控措施',
                'constraints': [models.UniqueConstraint(fields=('risk', 'code'), name='risks_measure_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Manifestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=1000, verbose_name='表现形式')),
                ('level', models.CharField(blank=True, max_length=20, verbose_name='等级')),
                ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='manifestations', to='risks.riskpoint')),
            ],
            options={
                'verbose_name': '表现形式',
                'constraints': [models.UniqueConstraint(fields=('risk', 'order'), name='risks_manifestation_in_order')],
            },
        ),
    ]
