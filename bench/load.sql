-- Synthetic years of work, made where they are stored. `bench_point`, `bench_service` and
-- `bench_code` are filled beforehand; foreign keys are right by construction.

CREATE UNLOGGED TABLE bench_plan AS
SELECT c.i, c.code, p.unit_id, p.path, s.service_version_id, s.service_code,
       jsonb_set(s.answers, s.region_at, to_jsonb(p.region)) AS answers,
       now() - interval '3 years' * (1 - c.i::float / t.total) AS submitted_at,
       c.is_open,
       CASE WHEN NOT c.is_open THEN 'final' WHEN c.d < 0.55 OR s.head IS NULL THEN 'officer'
            WHEN c.d < 0.70 THEN 'head' ELSE 'resident' END AS kind,
       s.officer, s.head, s.resident, s.final, s.days,
       CASE WHEN c.e < 0.7 THEN 1 + floor(c.e / 0.7 * t.residents)::bigint END AS nth,
       c.d,
       (ARRAY['Ayu','Budi','Citra','Dewi','Eka','Fajar','Gita','Hadi','Indah','Joko','Kartika',
              'Lestari','Maya','Nanda','Putri','Rizky','Sari','Tono','Wulan','Yusuf'])
         [1 + floor(c.a * 977)::int % 20] || ' ' ||
       (ARRAY['Santoso','Wijaya','Lestari','Pratama','Nugroho','Saputra','Hidayat','Utami',
              'Setiawan','Kusuma','Wibowo','Rahayu','Permana','Siregar','Nasution'])
         [1 + floor(c.b * 983)::int % 15] AS person
FROM (SELECT i, code, random() AS a, random() AS b, random() AS d, random() AS e,
             CASE WHEN i > 0.85 * (SELECT max(i) FROM bench_code)
                  THEN random() < 0.65 ELSE random() < 0.003 END AS is_open
      FROM bench_code ORDER BY i) c
CROSS JOIN (SELECT max(i) AS total, greatest(max(i) / 5, 1) AS residents FROM bench_code) t
JOIN bench_point p ON p.n = floor(power(c.a, 1.5) * (SELECT count(*) FROM bench_point))
JOIN bench_service s ON s.n = floor(c.b * (SELECT count(*) FROM bench_service));
ANALYZE bench_plan;

INSERT INTO people_account (id, password, is_superuser, username, first_name, last_name, email,
  is_staff, is_active, date_joined, kind, full_name, language)
SELECT 1000000 + n, '!', false, 'bench-' || n, '', '', '', false, true, now(), 'resident',
  'Warga ' || n, 'id'
FROM generate_series(1, greatest((SELECT max(i) FROM bench_code) / 5, 1)) n;

INSERT INTO people_resident (id, code, account_id, registered_at)
SELECT id, 'B' || (id - 1000000), id, now() FROM people_account WHERE id > 1000000;

INSERT INTO people_contactpoint (resident_id, kind, value, verified_at)
SELECT id, 'email', 'warga' || (id - 1000000) || '@warga.example', now()
FROM people_account WHERE id > 1000000;

INSERT INTO cases_case (id, code, service_version_id, service_code, unit_id, unit_path,
  resident_id, channel, title, applicant, contact, answers, added, effects, returned,
  duplicate_key, state, state_kind, state_since, submitted_at, due_on, closed_at)
SELECT i, code, service_version_id, service_code, unit_id, path, 1000000 + nth, 'web', person,
  person, jsonb_build_object('language', 'id', 'phone', '+6281100000021',
                             'email', 'warga' || coalesce(nth, i) || '@warga.example'),
  answers, '{}', '[]', '{}', md5(i::text),
  CASE kind WHEN 'officer' THEN officer WHEN 'head' THEN head WHEN 'resident' THEN resident
       ELSE final END,
  kind, submitted_at + interval '1 day', submitted_at,
  (submitted_at + interval '1 day' * (days + 2 + floor(d * 30)))::date,
  CASE WHEN NOT is_open THEN submitted_at + interval '2 days' END
FROM bench_plan ORDER BY i;

INSERT INTO journal_entry (at, name, subject, actor, actor_name, facts)
SELECT submitted_at, 'case.submitted', 'case:' || code, 'account:' || 1000000 + coalesce(nth, 1),
  person, jsonb_build_object('service', service_code, 'unit', path, 'version', 1,
  'channel', 'web', 'due_on', submitted_at::date)
FROM bench_plan ORDER BY i;

INSERT INTO journal_entry (at, name, subject, actor, actor_name, facts)
SELECT submitted_at + step.after, step.name, 'case:' || code, 'account:2', 'Budi Santoso',
  jsonb_build_object('service', service_code, 'unit', path) || step.facts
FROM (VALUES
  ('case.claimed', interval '1 hour', '{}'::jsonb),
  ('case.viewed', interval '1 hour', '{"reason": "handling", "words": "", "scope": "/31/"}'),
  ('case.verified', interval '1 day', '{"action": "verify", "source": "submitted",
    "target": "awaiting_signature", "reason": "", "words": "", "questions": []}'),
  ('case.closed', interval '2 days', '{"outcome": "granted", "state": "issued",
    "working_days": 2, "in_time": true}')) AS step (name, after, facts)
CROSS JOIN bench_plan WHERE NOT is_open ORDER BY step.after, i;

INSERT INTO messaging_message (key, notice, subject, channel, address, language, title, body,
  spare_address, spare_body, is_secret, state, tries, error, queued_at, sent_at)
SELECT 'case:' || code || ':' || notice, notice, 'case:' || code, 'email',
  'warga' || coalesce(nth, i) || '@warga.example', 'id', 'Permohonan Anda',
  CASE notice WHEN 'case_received' THEN repeat('Permohonan Anda sudah kami terima. ', 16)
       ELSE '' END,
  '', '', notice <> 'case_received', 'sent', 1, '', submitted_at, submitted_at
FROM (VALUES ('case_received'), ('case_issued')) AS sent (notice)
CROSS JOIN bench_plan WHERE notice = 'case_received' OR NOT is_open ORDER BY notice DESC, i;

INSERT INTO files_storedfile (id, ref, name, media_type, size, sha256, received_sha256, pages,
  width, height, owner, path, stored_at)
SELECT i * 2 + part, md5(i || 'file' || part), 'foto.jpg', 'image/jpeg', 400000,
  md5(i || 's' || part) || md5('s'), md5(i || 'r' || part) || md5('r'), 1, 2000, 1500,
  'case:' || code, 'aa/' || md5(i || 'file' || part), submitted_at
FROM bench_plan CROSS JOIN generate_series(0, 1) part ORDER BY i;

INSERT INTO cases_attachment (case_id, question, file_id, added_at)
SELECT i, 'family_card', i * 2 + part, submitted_at
FROM bench_plan CROSS JOIN generate_series(0, 1) part ORDER BY i;

INSERT INTO documents_series (name, last) VALUES ('bench', (SELECT max(i) FROM bench_code));

INSERT INTO documents_document (code, subject_ref, output, template, title, series_id, serial,
  number, holder, unit, facts, state, reserved_at, issued_at, signer, signer_name, signer_title,
  certificate_sha256, sha256, token, link, pin_digest, reason)
SELECT lpad(to_hex(i), 10, 'D'), 'case:' || code, 'akta', 'birth_certificate',
  '{"id": "Kutipan Akta Kelahiran", "en": "Birth certificate"}',
  (SELECT id FROM documents_series WHERE name = 'bench'), i, 'bench-' || i, person, path,
  jsonb_build_object('child_name', person, 'words', repeat(md5(i::text), 12)), 'valid',
  submitted_at, submitted_at, 'account:2', 'Dewi', 'Kepala', md5(i::text), md5(i || 'd'),
  repeat(md5(i || 't'), 12), md5(i || 'link'), md5(i || 'pin'), ''
FROM bench_plan WHERE NOT is_open AND i % 5 < 3 ORDER BY i;

DROP TABLE bench_plan, bench_point, bench_service, bench_code;
