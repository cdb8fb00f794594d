import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=20)),
                ('format', models.CharField(choices=[('billstatus-xml', 'GovInfo BILLSTATUS XML'), ('congress-api-json', 'Congress.gov API, the parts of one bill'), ('starter-json', 'Whereas starter record'), ('legislators-yaml', 'congress-legislators YAML')], max_length=20)),
                ('url', models.TextField()),
                ('measure_id', models.BigIntegerField(null=True)),
                ('fetched_at', models.DateTimeField()),
                ('updated_at', models.TextField(null=True)),
                ('packed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('congress', models.IntegerField()),
                ('type', models.CharField(max_length=7)),
                ('number', models.IntegerField()),
                ('origin', models.CharField(choices=[('official', 'Official'), ('starter', 'Starter'), ('staff', 'Staff')], max_length=8)),
                ('title', models.TextField()),
                ('origin_chamber', models.CharField(max_length=6)),
                ('introduced_on', models.DateField(null=True)),
                ('policy_area', models.TextField(null=True)),
                ('law_number', models.TextField(null=True)),
                ('status', models.CharField(max_length=22)),
                ('status_since', models.DateField(null=True)),
                ('status_action', models.TextField(null=True)),
                ('status_sentence', models.TextField()),
                ('sponsor_member', models.TextField(null=True)),
                ('sponsor_name', models.TextField(null=True)),
                ('sponsor_party', models.TextField(null=True)),
                ('sponsor_state', models.TextField(null=True)),
                ('sponsor_district', models.IntegerField(null=True)),
                ('cosponsor_count', models.IntegerField(default=0)),
                ('withdrawn_count', models.IntegerField(default=0)),
                ('cosponsors_by_party', models.JSONField(default=dict)),
                ('latest_on', models.DateField(null=True)),
                ('latest_text', models.TextField(null=True)),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.document')),
                ('updated_at', models.TextField(null=True)),
                ('seen_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('last_event', models.BigIntegerField()),
                ('unconfirmed_document', models.CharField(max_length=64, null=True)),
                ('unconfirmed_since', models.DateTimeField(null=True)),
                ('unconfirmed_reason', models.TextField(null=True)),
                ('vanished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('guid', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('chamber', models.TextField(null=True)),
                ('parent', models.TextField(null=True)),
                ('current', models.BooleanField(default=False)),
                ('from_list', models.BooleanField(default=False)),
                ('url', models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DueFetch',
            fields=[
                ('measure_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('mark', models.TextField(null=True)),
                ('reason', models.CharField(max_length=20)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.IntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('leased_by', models.CharField(max_length=40, null=True)),
                ('error', models.TextField(null=True)),
                ('set_aside', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Folder',
            fields=[
                ('pk', models.CompositePrimaryKey('congress', 'type', blank=True, editable=False, primary_key=True, serialize=False)),
                ('congress', models.IntegerField()),
                ('type', models.CharField(max_length=7)),
                ('mark', models.TextField(null=True)),
                ('loaded_at', models.DateTimeField(null=True)),
                ('total', models.IntegerField(null=True)),
                ('done', models.IntegerField(default=0)),
                ('zip_etag', models.TextField(null=True)),
                ('zip_last_modified', models.TextField(null=True)),
                ('listed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Law',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('type', models.TextField(null=True)),
                ('number', models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('bioguide', models.TextField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('sort_name', models.TextField()),
                ('chamber', models.TextField(null=True)),
                ('party', models.TextField(null=True)),
                ('state', models.TextField(null=True)),
                ('district', models.IntegerField(null=True)),
                ('sitting', models.BooleanField(default=False)),
                ('from_list', models.BooleanField(default=False)),
                ('lis', models.TextField(null=True)),
                ('terms', models.JSONField(default=list)),
                ('term_ends_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RecordedVote',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('action', models.TextField()),
                ('chamber', models.TextField()),
                ('congress', models.IntegerField()),
                ('session', models.IntegerField()),
                ('roll', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('other_id', models.BigIntegerField()),
                ('type', models.TextField(null=True)),
                ('by', models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('polled_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('error', models.TextField(null=True)),
                ('failures', models.IntegerField(default=0)),
                ('rests_until', models.DateTimeField(null=True)),
                ('rest_asked_for', models.BooleanField(default=False)),
                ('stale_answers', models.IntegerField(default=0)),
                ('refused_answers', models.IntegerField(default=0)),
                ('marks', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='SourceFile',
            fields=[
                ('measure_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('mark', models.TextField(null=True)),
                ('etag', models.TextField(null=True)),
                ('last_modified', models.TextField(null=True)),
                ('missing_lists', models.IntegerField(default=0)),
                ('missing_since', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Sponsorship',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('member', models.TextField(null=True)),
                ('name', models.TextField(null=True)),
                ('party', models.TextField(null=True)),
                ('state', models.TextField(null=True)),
                ('district', models.IntegerField(null=True)),
                ('by_request', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('name', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('version', models.TextField(null=True)),
                ('on', models.DateField(null=True)),
                ('stage', models.TextField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TextVersion',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('code', models.TextField(null=True)),
                ('name', models.TextField(null=True)),
                ('on', models.DateField(null=True)),
                ('package', models.TextField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Title',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
                ('position', models.IntegerField()),
                ('title', models.TextField()),
                ('type', models.TextField(null=True)),
                ('type_code', models.TextField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnknownPart',
            fields=[
                ('path', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('documents', models.IntegerField(default=0)),
                ('first_seen_at', models.DateTimeField()),
                ('last_measure', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('measure', models.OneToOneField(db_column='rowid', on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search_entry', serialize=False, to='ledger.measure')),
            ],
            options={
                'db_table': 'ledger_search',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('key', models.CharField(max_length=20)),
                ('on', models.DateField(null=True)),
                ('text', models.TextField(null=True)),
                ('code', models.TextField(null=True)),
                ('type', models.TextField(null=True)),
                ('source', models.TextField(null=True)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('amendment', models.TextField()),
                ('sponsor', models.TextField(null=True)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
            ],
        ),
        migrations.CreateModel(
            name='ChangeEvent',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('introduced', 'Introduced'), ('loaded', 'Loaded'), ('action_added', 'Action Added'), ('action_edited', 'Action Edited'), ('action_removed', 'Action Removed'), ('status_changed', 'Status Changed'), ('sponsor_changed', 'Sponsor Changed'), ('cosponsor_added', 'Cosponsor Added'), ('cosponsor_withdrawn', 'Cosponsor Withdrawn'), ('cosponsor_removed', 'Cosponsor Removed'), ('title_changed', 'Title Changed'), ('text_published', 'Text Published'), ('summary_published', 'Summary Published'), ('summary_revised', 'Summary Revised'), ('committee_activity_added', 'Committee Activity Added'), ('committee_activity_removed', 'Committee Activity Removed'), ('subjects_changed', 'Subjects Changed'), ('policy_area_changed', 'Policy Area Changed'), ('related_added', 'Related Added'), ('related_removed', 'Related Removed'), ('amendment_added', 'Amendment Added'), ('amendment_changed', 'Amendment Changed'), ('vote_recorded', 'Vote Recorded'), ('became_law', 'Became Law'), ('field_changed', 'Field Changed'), ('vanished', 'Vanished'), ('returned', 'Returned'), ('entry_published', 'Entry Published'), ('entry_corrected', 'Entry Corrected'), ('entry_withdrawn', 'Entry Withdrawn')], max_length=30)),
                ('subject', models.TextField()),
                ('before', models.TextField(null=True)),
                ('after', models.TextField(null=True)),
                ('occurred_on', models.DateField(null=True)),
                ('observed_at', models.DateTimeField()),
                ('source', models.CharField(max_length=20)),
                ('document_id', models.CharField(max_length=64, null=True)),
                ('hash', models.CharField(max_length=64)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.measure')),
            ],
        ),
        migrations.CreateModel(
            name='CommitteeActivity',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('code', models.TextField(null=True)),
                ('name', models.TextField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
            ],
        ),
        migrations.CreateModel(
            name='CommitteeReferral',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('code', models.TextField(null=True)),
                ('parent', models.TextField(null=True)),
                ('name', models.TextField(null=True)),
                ('chamber', models.TextField(null=True)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
            ],
        ),
        migrations.CreateModel(
            name='CommitteeSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('committee', models.TextField()),
                ('member', models.TextField()),
                ('side', models.TextField()),
                ('rank', models.IntegerField(null=True)),
                ('title', models.TextField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['member'], name='seat_member')],
                'constraints': [models.UniqueConstraint(fields=('committee', 'member'), name='one_seat_a_member')],
            },
        ),
        migrations.CreateModel(
            name='Cosponsorship',
            fields=[
                ('pk', models.CompositePrimaryKey('measure_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('member', models.TextField(null=True)),
                ('name', models.TextField(null=True)),
                ('party', models.TextField(null=True)),
                ('state', models.TextField(null=True)),
                ('district', models.IntegerField(null=True)),
                ('joined_on', models.DateField(null=True)),
                ('original', models.BooleanField(default=False)),
                ('withdrawn_on', models.DateField(null=True)),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.measure')),
            ],
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['measure_id', 'fetched_at'], name='document_of_measure'),
        ),
        migrations.AddIndex(
            model_name='duefetch',
            index=models.Index(fields=['due_at'], name='due_first'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['sitting', 'state', 'district'], name='member_represents'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['sort_name'], name='member_name'),
        ),
        migrations.AddIndex(
            model_name='amendment',
            index=models.Index(fields=['amendment'], name='amendment_id'),
        ),
        migrations.AddIndex(
            model_name='changeevent',
            index=models.Index(fields=['measure', 'id'], name='event_of_measure'),
        ),
        migrations.AddIndex(
            model_name='changeevent',
            index=models.Index(fields=['kind', 'id'], name='event_of_kind'),
        ),
        migrations.AddIndex(
            model_name='committeeactivity',
            index=models.Index(fields=['code', '-at'], name='activity_code'),
        ),
        migrations.AddIndex(
            model_name='committeereferral',
            index=models.Index(fields=['code'], name='referral_code'),
        ),
        migrations.AddIndex(
            model_name='cosponsorship',
            index=models.Index(fields=['member', 'joined_on'], name='cosponsorship_member'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['-changed_at', '-id'], name='measure_changed'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['-introduced_on', '-id'], name='measure_introduced'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['status', 'congress'], name='measure_status'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['sponsor_member'], name='measure_sponsor'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('congress', 'type', 'number'), name='one_row_a_measure'),
        ),
        migrations.AddIndex(
            model_name='law',
            index=models.Index(fields=['number'], name='law_number'),
        ),
        migrations.AddIndex(
            model_name='recordedvote',
            index=models.Index(fields=['congress', 'chamber', 'session', 'roll'], name='vote_number'),
        ),
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(fields=['other_id'], name='relation_other'),
        ),
        migrations.AddIndex(
            model_name='sponsorship',
            index=models.Index(fields=['member'], name='sponsorship_member'),
        ),
        migrations.AddIndex(
            model_name='subject',
            index=models.Index(fields=['name'], name='subject_name'),
        ),
    ]
