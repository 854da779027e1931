-- All that is known of somebody ($1 contact, client or person, $2 id), as one document.
SELECT jsonb_pretty(trato.personal_data($1::text, $2::bigint)) AS document;
