-- Working time: what is counted between two instants, and the instant that lies so many working
-- hours back, against cases that were computed by hand. 2026-11-23 is a Monday; in Madrid the
-- clock goes forward on Sunday 2026-03-29 at 2:00 and back on Sunday 2026-10-25 at 3:00.
\ir lib/world.sql

SELECT tap.given('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-08', 'Inmaculada', true)$$),
       tap.given('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-07', 'No bridge after all', false)$$) \g /dev/null

CREATE FUNCTION tap.at(local text) RETURNS timestamptz LANGUAGE sql AS $$SELECT local::timestamp AT TIME ZONE 'Europe/Madrid'$$;
CREATE TEMP TABLE span (begun text, ended text, worked interval, what text);
INSERT INTO span VALUES
    ('2026-11-23 10:00', '2026-11-23 14:30', '4:30', 'within a day'),
    ('2026-11-23 07:00', '2026-11-23 08:59', '0', 'before the day begins'),
    ('2026-11-23 07:00', '2026-11-23 10:00', '1:00', 'counted from nine'),
    ('2026-11-23 17:00', '2026-11-23 23:00', '1:00', 'and until six'),
    ('2026-11-23 18:00', '2026-11-24 09:00', '0', 'a night'),
    ('2026-11-23 17:59:30', '2026-11-24 09:00:30', '0:01', 'either side of it, to the second'),
    ('2026-11-23 12:00', '2026-11-26 12:00', '27:00', 'three days later'),
    ('2026-11-27 17:00', '2026-11-30 10:00', '2:00', 'a weekend'),
    ('2026-11-28 10:00', '2026-11-29 17:00', '0', 'within it'),
    ('2026-11-20 09:00', '2026-11-27 18:00', '54:00', 'six days in eight'),
    ('2026-12-07 09:00', '2026-12-09 09:00', '9:00', 'a holiday, and one that was called off'),
    ('2026-12-08 09:00', '2026-12-08 18:00', '0', 'within it'),
    ('2026-03-27 17:00', '2026-03-30 10:00', '2:00', 'the weekend when the clock goes forward'),
    ('2026-10-23 17:00', '2026-10-26 10:00', '2:00', 'and back'),
    ('2025-11-26 09:00', '2026-11-26 09:00', '2349:00', 'a year: 261 weekdays without a holiday, as the only one lies behind'),
    ('2026-11-23 14:00', '2026-11-23 10:00', '0', 'nothing backwards'),
    ('2026-11-23 10:00', '2026-11-23 10:00', '0', 'and nothing in no time');
SELECT is(working_seconds(at(begun), at(ended)) * interval '1 second', worked, what) FROM span;

-- What lies so many hours back is the latest instant of which so many are counted.
SELECT is(working_hours_before(hours, at(now_is)) AT TIME ZONE 'Europe/Madrid', back::timestamp, what)
  FROM (VALUES (4, '2026-11-23 14:30', '2026-11-23 10:30', 'this morning'),
               (4, '2026-11-23 10:00', '2026-11-20 15:00', 'on Friday'),
               (4, '2026-11-22 12:00', '2026-11-20 14:00', 'asked on Sunday'),
               (9, '2026-11-23 18:00', '2026-11-23 09:00', 'a whole day'),
               (24, '2026-11-26 10:00', '2026-11-23 13:00', 'three days'),
               (9, '2026-12-09 10:00', '2026-12-07 10:00', 'over a holiday'),
               (0, '2026-11-22 12:00', '2026-11-22 12:00', 'none'),
               (9999, '2026-11-26 09:00', '2022-08-24 09:00', 'the longest: 222 weeks and a day')) AS cases (hours, now_is, back, what);
SELECT is_empty($$SELECT hours, now_is, back FROM generate_series(1, 60, 7) AS hours,
                         generate_series(timestamptz '2026-10-20', '2026-11-03', interval '5 hours 17 minutes') AS now_is,
                         working_hours_before(hours, now_is) AS back
                   WHERE working_seconds(back, now_is) <> hours * 3600
                      OR working_seconds(back + interval '1 second', now_is) >= hours * 3600$$, 'one turns the other round');

-- Around the clock, the days on which it is changed have 23 and 25 hours.
UPDATE setting SET value = '1234567' WHERE name = 'working_week';
UPDATE setting SET value = '00:00-24:00' WHERE name = 'working_time';
SELECT is(working_seconds(at(day), at((day::date + 1)::text)) / 3600, hours::bigint, day)
  FROM (VALUES ('2026-03-28', 24), ('2026-03-29', 23), ('2026-10-25', 25), ('2026-10-26', 24), ('2026-12-08', 0)) AS cases (day, hours);
UPDATE setting SET value = '01:00-04:00' WHERE name = 'working_time';
SELECT is(working_seconds(at(day), at((day::date + 1)::text)) / 3600, hours::bigint, day || ' from one to four')
  FROM (VALUES ('2026-03-29', 2), ('2026-10-25', 4)) AS cases (day, hours);
UPDATE setting SET value = '12' WHERE name = 'working_week';
UPDATE setting SET value = '09:00-09:01' WHERE name = 'working_time';
SELECT is(working_hours_before(9999, now()), '-infinity', 'hours that were never worked end');
UPDATE setting SET value = '12345' WHERE name = 'working_week';
UPDATE setting SET value = '09:00-18:00' WHERE name = 'working_time';
UPDATE setting SET value = 'Pacific/Kiritimati' WHERE name = 'timezone';
SELECT is(working_seconds('2026-11-22 19:00+00', '2026-11-22 20:00+00'), 3600::bigint, 'Monday begins where the setting says');
UPDATE setting SET value = 'Europe/Madrid' WHERE name = 'timezone';

-- The limits are those of the settings.
SELECT is((SELECT (warning, alarm) FROM notice_limits()), (SELECT (working_hours_before(4, now()), working_hours_before(24, now()))));
SELECT is(tried('ana', 'SELECT (warning = working_hours_before(4, now()))::text FROM notice_limits()'), 'true', 'for everybody');
SELECT refused('owner', format($$UPDATE setting SET value = %L WHERE name = 'working_week'$$, value), '23514 setting_working_week_form')
  FROM unnest('{"",0,8,x,12345671,"1 2"}'::text[]) AS value;
SELECT refused('owner', format($$UPDATE setting SET value = %L WHERE name = 'working_time'$$, value), '23514 setting_working_time_form')
  FROM unnest('{"",9:00-18:00,18:00-09:00,09:00-09:00,24:00-24:00,09:00-25:00,09:60-18:00,09:00,09:00-18:00-20:00}'::text[]) AS value;

-- Holidays
SELECT refused('ana', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-25', 'Navidad', true)$$, '42501');
SELECT refused('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-08', 'Twice', true)$$, '23505 holiday_day_unique');
SELECT refused('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '1999-12-31', 'Early', true)$$, '23514 holiday_day_range');
SELECT refused('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-25', ' ', true)$$, '23502');
SELECT refused('marta', $$SELECT save_holiday(gen_random_uuid(), -1, 1, '2026-12-25', 'x', true)$$, 'TR004 holiday_unknown');
SELECT is(tried('ana', $$SELECT count(*) FROM audit WHERE table_name = 'holiday'$$), '2', 'everybody reads their history');

SELECT * FROM finish();
ROLLBACK;
