"""Recorded votes: roll calls, who stands where in each, and their files at the sources."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_events_of_the_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='RollCall',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('chamber', models.CharField(max_length=6)),
                ('congress', models.IntegerField()),
                ('session', models.IntegerField()),
                ('year', models.IntegerField()),
                ('number', models.IntegerField()),
                ('on', models.DateField()),
                ('at', models.DateTimeField(null=True)),
                ('question', models.TextField()),
                ('kind', models.TextField(null=True)),
                ('form', models.CharField(max_length=8)),
                ('result', models.TextField()),
                ('outcome', models.CharField(max_length=8)),
                ('threshold', models.CharField(max_length=3, null=True)),
                ('title', models.TextField(null=True)),
                ('measure_id', models.BigIntegerField(null=True)),
                ('amendment', models.TextField(null=True)),
                ('matters', models.JSONField(default=list)),
                ('yea', models.IntegerField()),
                ('nay', models.IntegerField()),
                ('present', models.IntegerField()),
                ('not_voting', models.IntegerField()),
                ('by_party', models.JSONField(default=dict)),
                ('candidates', models.JSONField(default=list)),
                ('tie_breaker', models.TextField(null=True)),
                ('tie_cast', models.TextField(null=True)),
                ('vacated', models.BooleanField(default=False)),
                ('doubt', models.TextField(null=True)),
                ('updated_at', models.TextField(null=True)),
                ('seen_at', models.DateTimeField()),
                ('revision', models.BigIntegerField()),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.document')),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('pk', models.CompositePrimaryKey('vote_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('place', models.IntegerField()),
                ('voter', models.TextField(null=True)),
                ('name', models.TextField()),
                ('party', models.TextField(null=True)),
                ('state', models.TextField(null=True)),
                ('cast', models.TextField()),
                ('position', models.CharField(max_length=10)),
                ('with_party', models.BooleanField(null=True)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.member')),
                ('vote', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='positions', to='ledger.rollcall')),
            ],
        ),
        migrations.CreateModel(
            name='VoteFile',
            fields=[
                ('vote_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('chamber', models.CharField(max_length=6)),
                ('due_at', models.DateTimeField(null=True)),
                ('named_by', models.CharField(max_length=10)),
                ('missed', models.IntegerField(default=0)),
                ('error', models.TextField(null=True)),
                ('etag', models.TextField(null=True)),
                ('last_modified', models.TextField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['chamber', 'due_at'], name='vote_file_due')],
            },
        ),
        migrations.AddIndex(
            model_name='rollcall',
            index=models.Index(fields=['-on', '-id'], name='roll_call_newest'),
        ),
        migrations.AddIndex(
            model_name='rollcall',
            index=models.Index(fields=['measure_id'], name='roll_call_measure'),
        ),
        migrations.AddIndex(
            model_name='rollcall',
            index=models.Index(fields=['amendment'], name='roll_call_amendment'),
        ),
        migrations.AddIndex(
            model_name='rollcall',
            index=models.Index(fields=['revision'], name='roll_call_revision'),
        ),
        migrations.AddConstraint(
            model_name='rollcall',
            constraint=models.UniqueConstraint(fields=('congress', 'session', 'chamber', 'number'), name='one_row_a_roll_call'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['member', '-vote'], name='position_member'),
        ),
    ]
