-- log_mail() and the tray: whose message it is, once only, who sees what waits, and that nothing is dropped.
\ir lib/world.sql

SELECT tap.given('ana', format('SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL, %L, NULL, NULL, NULL, %L)', client, name, email, active))
  FROM (VALUES ('Acme', 'Eva', 'Eva.Gil@Acme.example', true), ('Acme', 'Old', 'both@acme.example', false), ('Acme', 'New', 'both@acme.example', true),
               ('Beta', 'Paz', 'paz@beta.example', true), ('Beta', 'Private', 'paz.beta@gmail.com', true)) AS contacts (client, name, email, active)
\g /dev/null
UPDATE client SET website = 'https://www.beta-group.example/en' WHERE name = 'Beta';
SELECT tap.given_action('ana', 'Uno', 'd1'), tap.given_action('luis', 'Suyo', 'd2') \g /dev/null

-- The answer in short. Ids are <name@x>; who and to are addresses between commas.
CREATE FUNCTION tap.mailed(who text, name text, sender text, recipients text, answers text DEFAULT '', action text DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text := tap.tried(who, format($s$SELECT log_mail(gen_random_uuid(), %1$L, string_to_array(%2$L, ','), string_to_array(%3$L, ','), %2$L, %3$L,
        ARRAY(SELECT '<' || a || '@x>' FROM string_to_table(%4$L, ',') AS a), now() - interval '1 day', %5$L, 'text', 'offer.pdf (2 KB)', %6$s)$s$,
        '<' || name || '@x>', sender, recipients, answers, name, coalesce('tap.a(' || quote_literal(action) || ')', 'NULL')));
BEGIN
    RETURN CASE WHEN answer LIKE '{%' THEN concat_ws(' ', answer::jsonb ->> 'result',
        (SELECT title FROM action WHERE number = (answer::jsonb ->> 'action')::bigint), nullif(answer::jsonb ->> 'clients', '[]')) ELSE answer END;
END
$$;
-- The last communication, or the last of the tray, as title|direction|contact|subject.
CREATE FUNCTION tap.logged() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws('|', action.title, direction, contact.name, c.subject)
      FROM communication AS c JOIN action ON action.id = c.action_id LEFT JOIN contact ON contact.id = contact_id ORDER BY c.id DESC LIMIT 1
$$;

-- Sender or recipients say whose it is
SELECT is(mailed('ana', 'a', 'eva.gil@ACME.example', 'ana@trato.example'), 'logged Uno', 'a contact''s address, whatever its case');
SELECT is(logged(), 'Uno|in|Eva|a');
SELECT is((SELECT concat_ws('|', channel, message_id, attachments, body, happened_at = now() - interval '1 day') FROM communication WHERE message_id = '<a@x>'),
          'email|<a@x>|offer.pdf (2 KB)|text|t');
SELECT is(mailed('ana', 'b', 'Ana@Trato.example', 'luis@trato.example,other@z.example,both@acme.example'), 'logged Uno', 'own mail');
SELECT is(logged(), 'Uno|out|New|b', 'is outgoing; the contact in use before another');
SELECT is(mailed('ana', 'c', 'luis@trato.example', 'eva.gil@acme.example'), 'logged Uno', 'a colleague''s too');
SELECT is(logged(), 'Uno|out|Eva|c');
SELECT is(mailed('ana', 'd', 'unknown@acme.example', 'ana@trato.example'), 'logged Uno', 'the domain of another contact');
SELECT is(logged(), 'Uno|in|d', 'without a contact');
SELECT is(mailed('ana', 'e', 'luis@trato.example', 'ana@trato.example'), 'waiting', 'among colleagues');
SELECT is(mailed('ana', 'f', 'somebody@gmail.com', 'ana@trato.example'), 'waiting', 'everybody has such a domain');
SELECT is(mailed('ana', 'g', 'x@beta-group.example', ''), 'waiting ["Beta"]', 'the domain of the website, but no action');
SELECT is(mailed('ana', 'h', 'x@group.example', ''), 'waiting', 'no part of a domain');
SELECT is(mailed('ana', 'i', '', ''), 'waiting', 'nobody');
SELECT is(mailed('ana', 'j', 'x@z.example,eva.gil@acme.example', ''), 'logged Uno', 'several senders');
SELECT is(logged(), 'Uno|in|Eva|j');
SELECT is(mailed('ana', 'j2', 'ana@trato.example,eva.gil@acme.example', ''), 'logged Uno', 'a colleague and somebody else');
SELECT is(logged(), 'Uno|in|Eva|j2', 'is not ours');
SELECT is(mailed('ana', 'k', 'eva.gil@acme.example,paz@beta.example', ''), 'logged Uno', 'of two clients, one action');
SELECT tap.given_action('ana', 'Beta', 'e1') \g /dev/null
SELECT is(mailed('ana', 'l', 'eva.gil@acme.example,paz@beta.example', ''), 'waiting ["Acme", "Beta"]', 'of two clients, two actions');
SELECT is(mailed('ana', 'm', 'paz.beta@gmail.com', ''), 'logged Beta', 'a private address that is known');
SELECT is(mailed('ana', 'n', 'x@beta.example', 'eva.gil@acme.example'), 'logged Beta', 'to whom an incoming one went does not matter');
SELECT is(mailed('ana', 'o', '%@_.example,"\', 'x'), 'waiting', 'nonsense');
SELECT tap.given_action('ana', 'Dos', 'd3') \g /dev/null
SELECT is(mailed('ana', 'p', 'eva.gil@acme.example', ''), 'waiting ["Acme"]', 'two actions with the client');
SELECT is(mailed('luis', 'q', 'eva.gil@acme.example', ''), 'logged Suyo', 'of each one''s own');
SELECT is(mailed('eva', 'r', 'eva.gil@acme.example', ''), 'waiting ["Acme"]', 'who has none has none');

-- Answers find the action of what they answer
SELECT is(mailed('ana', 's', 'eva.gil@acme.example', '', 'none,a'), 'logged Uno', 'an answer to what was logged');
SELECT is(mailed('ana', 't', 'who@z.example', '', 'a,m'), 'logged Beta', 'the nearest one, from whomever');
SELECT is(mailed('luis', 'u', 'who@z.example', '', 'a'), 'waiting', 'not in an action of others');
SELECT tap.given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'cancelled')$$) \g /dev/null
SELECT is(mailed('ana', 'v', 'eva.gil@acme.example', ''), 'logged Uno', 'closed actions do not count');

-- The action given
SELECT is(mailed('ana', 'w', 'paz@beta.example', '', '', 'Uno'), 'logged Uno', 'an action given goes first');
SELECT is(logged(), 'Uno|in|w', 'without a contact of another client');
SELECT is(mailed('ana', 'x', 'x@z.example', '', '', 'Dos'), 'logged Dos', 'also a closed one');
SELECT is(mailed('luis', 'y', 'x@z.example', '', '', 'Uno'), 'TR004 action_unknown', 'not one of others');
SELECT is((SELECT count(*) FROM mail WHERE message_id = '<y@x>'), 0::bigint, 'and then nothing is kept: the caller has it');
SELECT is(mailed(who, 'z', 'x@z.example', ''), '42501', who || ' logs no mail') FROM unnest('{berta,carmen,marta}'::text[]) AS who;

-- Once
SELECT is(mailed('ana', 'a', 'eva.gil@acme.example', ''), 'known Uno', 'logged before');
SELECT is(mailed('luis', 'a', 'eva.gil@acme.example', '', '', 'Suyo'), 'known', 'by another: that it is, and nothing else');
SELECT is((SELECT count(*) FROM communication WHERE message_id = '<a@x>'), 1::bigint);
SELECT is(mailed('ana', 'f', 'somebody@gmail.com', ''), 'waits', 'it waits already');
SELECT is((SELECT count(*) FROM mail WHERE message_id = '<f@x>'), 1::bigint);
SELECT is(mailed('luis', 'f', 'somebody@gmail.com', ''), 'waiting', 'another has his own tray');
SELECT is(mailed('ana', 'f', 'somebody@gmail.com', '', '', 'Uno'), 'logged Uno', 'out of the tray by the action that is given now');
SELECT is((SELECT string_agg(concat(person.name, ' ', m.state, ' ', m.communication_id IS NOT NULL, ' ', o.state), ', ' ORDER BY person.name)
             FROM mail AS m JOIN person ON person.id = person_id JOIN mail_overview AS o ON o.id = m.id WHERE m.message_id = '<f@x>'),
          'Ana logged t logged, Luis waiting f logged', 'and with it from both');
SELECT is(tried('luis', $$SELECT state FROM mail_overview WHERE message_id = '<f@x>'$$), 'logged', 'as he sees it himself');
SELECT refused('luis', $$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<f@x>'), 1, tap.a('Suyo'))$$, 'TR001 mail_is_logged');
SELECT tap.given('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT id FROM communication WHERE message_id = '<a@x>'), NULL, 'email', 'in',
                         now(), 'corrected', NULL)$$) \g /dev/null
SELECT is((SELECT concat_ws('|', subject, message_id, attachments) FROM communication ORDER BY id DESC LIMIT 1), 'corrected|<a@x>|offer.pdf (2 KB)',
          'a correction keeps Message-ID and attachments');
SELECT is(mailed('ana', 'a', 'eva.gil@acme.example', ''), 'known Uno', 'and is known by it');
SELECT is(mailed('ana', 's2', 'who@z.example', '', 'a'), 'logged Uno', 'as what an answer names');

-- The tray
SELECT is(tried('ana', $$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<g@x>'), 1, tap.a('Beta')) ->> 'result'$$), 'logged', 'assigned');
SELECT is(logged(), 'Beta|in|g');
SELECT is((SELECT concat_ws('|', state, version, settled_at = now(), communication_id = (SELECT max(id) FROM communication)) FROM mail WHERE message_id = '<g@x>'), 'logged|2|t|t');
SELECT refused('ana', $$SELECT set_aside_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<g@x>'), 2, 'x')$$, 'TR001 mail_is_logged');
SELECT refused('ana', $$SELECT set_aside_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<h@x>'), 1, ' ')$$, '23514 mail_state_note_required');
SELECT works('ana', $$SELECT set_aside_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<h@x>'), 1, 'a newsletter')$$);
SELECT is(mailed('ana', 'h', 'x@group.example', ''), 'set_aside', 'what was set aside does not come again');
SELECT works('ana', $$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<h@x>'), 2, tap.a('Uno'))$$, 'but may still be assigned');
SELECT refused('ana', $$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<i@x>'), 1, tap.a('Suyo'))$$, 'TR004 action_unknown');
SELECT refused('ana', format($$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<i@x>'), 1, tap.a('Uno'),
                              (SELECT id FROM contact WHERE name = 'Paz'))$$), '23503 communication_contact_of_client');
SELECT works('ana', $$SELECT assign_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<i@x>'), 1, tap.a('Uno'), (SELECT id FROM contact WHERE name = 'Eva'))$$);
SELECT is(logged(), 'Uno|in|Eva|i', 'the contact may be chosen');
SELECT refused('luis', format('SELECT assign_mail(gen_random_uuid(), %s, 1, tap.a(''Suyo''))', id), 'TR004 mail_unknown', 'another''s is not there') FROM mail WHERE message_id = '<e@x>';
SELECT refused('ana', 'SELECT set_aside_mail(gen_random_uuid(), -1, 1, ''x'')', 'TR004 mail_unknown');
SELECT works('marta', $$SELECT set_person_roles(gen_random_uuid(), 'eva@trato.example', '{rep,manager}')$$);
SELECT refused('eva', $$SELECT set_aside_mail(gen_random_uuid(), (SELECT id FROM mail WHERE message_id = '<e@x>'), 1, 'x')$$, '42501 permission', 'a manager reads');

-- Who sees it
SELECT is(tried(who, 'SELECT count(DISTINCT person_id) FROM mail'), seen, who || ' sees') FROM (VALUES
    ('ana', '1'), ('luis', '1'), ('berta', '0'), ('carmen', '0'), ('marta', '3'), ('eva', '3')) AS cases (who, seen);
SELECT is(tried(who, 'SELECT count(DISTINCT person) FROM mail_overview'), seen, who || ' sees the same in the overview') FROM (VALUES
    ('ana', '1'), ('luis', '1'), ('berta', '0'), ('carmen', '0'), ('marta', '3')) AS cases (who, seen);
SELECT is(tried(who, 'SELECT count(DISTINCT person_id) FROM audit WHERE table_name = ''mail'''), seen, 'its history: ' || who) FROM (VALUES
    ('ana', '1'), ('luis', '1'), ('berta', '0'), ('carmen', '0'), ('marta', '3'), ('eva', '3')) AS cases (who, seen);
SELECT is(tried('berta', 'SELECT count(*) > 0 FROM audit WHERE table_name = ''communication'''), 'true', 'other history is as it was');
SELECT is(tried('marta', $$SELECT string_agg(DISTINCT state, ',' ORDER BY state) FROM mail_overview WHERE message_id = '<f@x>'$$), 'logged', 'managers are told too what is logged');
SELECT is(tried('luis', format('SELECT mail_is_logged(%s)', id)), 'false', 'of another''s nothing') FROM mail WHERE message_id = '<g@x>';

-- It stays as it came
SELECT refused(who, 'UPDATE mail SET body = ''x'' WHERE message_id = ''<e@x>''', 'TR001 mail_is_kept') FROM unnest('{owner,superuser}'::text[]) AS who;
SELECT refused('owner', 'UPDATE mail SET state = ''waiting'', communication_id = NULL, settled_at = NULL WHERE message_id = ''<g@x>''', 'TR001 mail_is_kept', 'logged is logged');
SELECT refused('owner', 'UPDATE mail SET state = ''lost'' WHERE message_id = ''<e@x>''', '23514 mail_settled_at_state');
SELECT refused('owner', 'UPDATE mail SET state = ''lost'', settled_at = now() WHERE message_id = ''<e@x>''', '23514 mail_state_known');
SELECT refused('owner', 'DELETE FROM mail WHERE message_id = ''<e@x>''', 'TR001 mail_is_kept');
SELECT refused('owner', $$INSERT INTO mail (person_id, message_id, direction, addresses, happened_at, subject) VALUES (tap.p('ana'), '<e@x>', 'in', '{}', now(), 's')$$, '23505 mail_once');
SELECT refused('ana', $$SELECT log_mail(gen_random_uuid(), ' ', '{}', '{}', NULL, NULL, '{}', now(), 's', NULL, NULL)$$, 'TR001 mail_message_id_required');
SELECT works('ana', $$SELECT log_mail(gen_random_uuid(), '<null@x>', NULL, NULL, NULL, NULL, NULL, NULL, 's', NULL, NULL)$$, 'what is not known may be NULL');
SELECT is((SELECT concat_ws('|', addresses, happened_at = now()) FROM mail WHERE message_id = '<null@x>'), '{}|t');
SELECT works('ana', $$SELECT log_mail(gen_random_uuid(), '<late@x>', '{}', '{}', NULL, NULL, '{}', now() + interval '1 hour', 's', NULL, NULL)$$, 'a fast clock');
SELECT works('ana', format($$SELECT log_mail(gen_random_uuid(), '<many@x>', %L, '{}', NULL, NULL, '{}', now(), 's', NULL, NULL)$$, array_agg(n || '@z.example')), 'very many addresses')
  FROM generate_series(1, 1000) AS n;
SELECT works('ana', $$SELECT log_mail(gen_random_uuid(), '<long@x>', ARRAY[repeat('x', 1000000) || '@z.example', 'a@z.example'], '{}', NULL, NULL, '{}', now(), 's', NULL, NULL)$$, 'no address');
SELECT is((SELECT addresses FROM mail WHERE message_id = '<long@x>'), '{a@z.example}', 'is not kept');
-- Merged, it is found at the client that stays.
SELECT tap.given('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), tap.c('Acme'))$$) \g /dev/null
SELECT is((SELECT string_agg(concat(name, ' ', sure), ',') FROM clients_of_addresses('{eva.gil@acme.example}')), 'Beta t');

SELECT * FROM finish();
ROLLBACK;
