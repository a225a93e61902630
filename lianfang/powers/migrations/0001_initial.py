import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('org', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeletedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('power', '职权'), ('risk', '风险点')], max_length=10, verbose_name='类型')),
                ('code', models.CharField(max_length=60, verbose_name='编号')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('content', models.TextField()),
                ('deleted_at', models.DateTimeField(verbose_name='删除于')),
                ('restored_at', models.DateTimeField(blank=True, null=True, verbose_name='恢复于')),
                ('deleted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'verbose_name': '已删除的草稿',
            },
        ),
        migrations.CreateModel(
            name='Power',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('code', models.CharField(max_length=40, verbose_name='职权编号')),
                ('category', models.CharField(blank=True, max_length=40, verbose_name='类别')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='权力种类')),
                ('matters', models.JSONField(default=list, verbose_name='重大事项')),
                ('frequency', models.CharField(blank=True, max_length=100, verbose_name='行使频率')),
                ('public', models.BooleanField(default=False, verbose_name='向社会公开')),
                ('extras', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(verbose_name='登记于')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='powers', to='org.unit')),
            ],
            options={
                'verbose_name': '职权',
                'indexes': [models.Index(fields=['unit', 'code'], name='powers_power_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='powers_power_code_once')],
            },
        ),
        migrations.CreateModel(
            name='EditLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('set_at', models.DateTimeField(verbose_name='锁定于')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='解除于')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edit_locks', to='org.unit')),
                ('power', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='powers.power')),
            ],
            options={
                'verbose_name': '编辑锁',
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('unit', 'power'), name='powers_lock_one_in_force', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PowerPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('role', models.CharField(choices=[('decides', '决策'), ('executes', '执行'), ('supervises', '监督')], max_length=12, verbose_name='角色')),
                ('limit', models.CharField(blank=True, max_length=300, verbose_name='权限')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='金额上限（元）')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='org.post')),
                ('power', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='powers.power')),
            ],
            options={
                'verbose_name': '岗责',
                'constraints': [models.UniqueConstraint(fields=('power', 'post', 'role'), name='powers_part_once_per_role'), models.UniqueConstraint(fields=('power', 'order'), name='powers_part_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('code', models.CharField(max_length=40, verbose_name='编号')),
                ('title', models.CharField(max_length=200, verbose_name='制度名称')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='英文名称')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='发布机构')),
                ('state', models.CharField(choices=[('to_be_made', '待制定'), ('drafting', '起草中'), ('in_force', '现行'), ('repealed', '已废止')], default='in_force', max_length=12, verbose_name='状态')),
                ('in_force_on', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('repealed_on', models.DateField(blank=True, null=True, verbose_name='废止日期')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                ('version', models.PositiveIntegerField(default=1)),
                ('attachment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='files.attachment', verbose_name='文件')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='org.post', verbose_name='起草岗位')),
            ],
            options={
                'verbose_name': '制度',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='powers_regulation_code_once'), models.CheckConstraint(condition=models.Q(('repealed_on', None), ('in_force_on', None), ('repealed_on__gte', models.F('in_force_on')), _connector='OR'), name='powers_regulation_repealed_after_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('text', models.CharField(max_length=500, verbose_name='依据原文')),
                ('article', models.CharField(blank=True, max_length=100, verbose_name='条款')),
                ('power', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bases', to='powers.power')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='powers.regulation')),
            ],
            options={
                'verbose_name': '行使依据',
                'constraints': [models.UniqueConstraint(fields=('power', 'order'), name='powers_basis_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('code', models.CharField(max_length=60, verbose_name='环节编号')),
                ('name', models.CharField(max_length=200, verbose_name='环节名称')),
                ('kind', models.CharField(choices=[('start', '开始'), ('step', '环节'), ('decision', '判断'), ('end', '结束')], default='step', max_length=10, verbose_name='类型')),
                ('lane', models.CharField(blank=True, max_length=100, verbose_name='承担者')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时限（工作日）')),
                ('term', models.CharField(blank=True, max_length=100, verbose_name='时限说明')),
                ('output', models.CharField(blank=True, max_length=200, verbose_name='形成文件')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='org.post')),
                ('power', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='powers.power')),
            ],
            options={
                'verbose_name': '流程环节',
                'constraints': [models.UniqueConstraint(fields=('power', 'code'), name='powers_step_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Arrow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('condition', models.CharField(blank=True, max_length=200, verbose_name='条件')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrows', to='powers.step')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='powers.step')),
            ],
            options={
                'verbose_name': '去向',
                'constraints': [models.UniqueConstraint(fields=('source', 'order'), name='powers_arrow_in_order')],
            },
        ),
    ]
